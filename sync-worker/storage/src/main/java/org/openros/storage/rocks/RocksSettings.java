// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * RocksDB tuned for a small and bounded footprint: one cache for all blocks, indexes, filters and memtables; one
 * budget for memtables within it; few open files and background jobs. Its own write-ahead log is off, the commit log
 * takes that part; so all families are flushed as one, and a crash leaves the state of one applied position.
 */
final class RocksSettings implements AutoCloseable {
    private static final int OPEN_FILES = 512;
    private static final int BACKGROUND_JOBS = 2;
    private static final int BLOOM_BITS = 10;
    /** Share of a memtable for a filter: each new object is looked for in vain first. */
    private static final double MEMTABLE_BLOOM = 0.02;

    /**
     * So many files of flushed memtables are merged at a time, with what they overlap, which is everything: three times
     * as many as by default need a third of that work, and a look-up asks the filters of a few more files.
     */
    private static final int MERGED_AT_ONCE = 12;

    /** With so many files of flushed memtables writers are slowed down: merging is far behind then. */
    private static final int SLOWED_FROM = 28;

    /** With so many files of flushed memtables writers wait. */
    private static final int STOPPED_FROM = 44;

    /**
     * What flushes and merges write goes to the disk in such pieces. All at once at the end of a file, it stands in
     * the way of the log, for which every commit waits.
     */
    private static final long SYNCED_AT_ONCE = 1 << 20;

    /** Flushed memtables are merged soon: only what comes of that is compressed. */
    private static final List<CompressionType> LEVELS = Stream.concat(
                    Stream.of(CompressionType.NO_COMPRESSION),
                    Stream.generate(() -> CompressionType.LZ4_COMPRESSION).limit(6))
            .toList();

    private static final long BLOCK = 8 << 10;
    private static final long INFO_LOG = 1 << 20;
    private static final long ARENA = 256 << 10;

    private final Cache cache;
    private final WriteBufferManager memtables;
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    private final DBOptions database;
    private final Map<Family, ColumnFamilyOptions> families = new EnumMap<>(Family.class);

    RocksSettings(StorageOptions options) {
        cache = new LRUCache(options.blockCacheBytes() + options.memtableBytes());
        memtables = new WriteBufferManager(options.memtableBytes(), cache);
        database = databaseOptions();
        for (Family family : Family.values()) {
            families.put(family, family(family, options));
        }
        of(Family.STATE).setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM).setMemtableWholeKeyFiltering(true);
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions of(Family family) {
        ColumnFamilyOptions options = families.get(family);
        if (options == null) {
            throw new IllegalStateException("no options for " + family);
        }
        return options;
    }

    private DBOptions databaseOptions() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setAtomicFlush(true)
                .setWriteBufferManager(memtables)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG)
                .setKeepLogFileNum(2)
                .setBytesPerSync(SYNCED_AT_ONCE)
                .setStatsDumpPeriodSec(0);
    }

    private ColumnFamilyOptions family(Family family, StorageOptions options) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK)
                .setFilterPolicy(bloom)
                // In pieces: as a whole, the filter of a large file pushes everything else out of a small cache, and
                // comes back from the disk for every look-up.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return withInsertHints(family)
                .setTableFormatConfig(table)
                .setCompressionPerLevel(LEVELS)
                .setWriteBufferSize(options.memtableBytes())
                .setLevel0FileNumCompactionTrigger(MERGED_AT_ONCE)
                .setLevel0SlowdownWritesTrigger(SLOWED_FROM)
                .setLevel0StopWritesTrigger(STOPPED_FROM)
                .setArenaBlockSize(ARENA);
    }

    /**
     * With the place of the last insert remembered for each realm: most keys of a realm rise, or are written again, so
     * that the next one is found there and not by a search from the top of the memtable.
     */
    private static ColumnFamilyOptions withInsertHints(Family family) {
        Properties settings = new Properties();
        settings.setProperty("memtable_insert_with_hint_prefix_extractor", "fixed:" + family.realmPrefix);
        return Objects.requireNonNull(ColumnFamilyOptions.getColumnFamilyOptionsFromProps(settings));
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyOptions::close);
        database.close();
        bloom.close();
        memtables.close();
        cache.close();
    }
}
