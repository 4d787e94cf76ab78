// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockService.Operation.CheckHolder;
import org.openros.cluster.LockService.Operation.CompareAndSet;
import org.openros.cluster.LockService.Operation.Delete;
import org.openros.cluster.LockService.Operation.Lock;
import org.openros.cluster.LockService.Operation.Put;
import org.openros.cluster.LockService.Operation.Unlock;
import org.openros.cluster.LockService.Outcome;
import org.openros.cluster.LockService.Outcome.Done;
import org.openros.cluster.LockService.Outcome.Refused;
import org.openros.cluster.LockService.Value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What every lock service does. The service may be shared: keys begin with something random. */
public abstract class LockServiceContract {
    /** Less than the 15 s for which Consul withholds a lock when nothing else is asked for. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final String base = "contract/" + UUID.randomUUID() + "/";
    private final String leader = base + "leader";
    private final String record = base + "record";
    private final String node = base + "nodes/a";

    /** The service, as one node reaches it. */
    protected abstract LockService locks();

    /** The same service, as another node reaches it. */
    protected abstract LockService elsewhere();

    /** A time to live for sessions that the service takes; short, because tests wait for its end. */
    protected abstract Duration ttl();

    /** Moves the service's clock, if it is in the test's hands. */
    protected abstract void pass(Duration time);

    @Test
    void absentKeyHasNoValue() throws LockServiceException {
        assertThat(locks().get(record)).isNull();
        assertThat(locks().list(base)).isEmpty();
    }

    @Test
    void contentIsReadBackByteByByte() throws LockServiceException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        done(new Put(record, all), new Put(leader, new byte[0]));

        assertThat(present(record).content()).isEqualTo(all);
        assertThat(present(leader).content()).isEmpty();
    }

    @Test
    void listHasAllKeysThatBeginSoInOrder() throws LockServiceException {
        done(put(base + "n/b"), put(base + "n/a"), put(base + "n"), put(base + "o"));

        assertThat(locks().list(base + "n/")).extracting(Value::key).containsExactly(base + "n/a", base + "n/b");
        assertThat(locks().list(base + "n")).extracting(Value::key)
                .containsExactly(base + "n", base + "n/a", base + "n/b");
    }

    @Test
    void indexIsThatOfTheChangeAndRisesOverAllKeys() throws LockServiceException {
        long first = done(put(record));
        long second = done(put(leader));
        long third = done(put(base + "x"), put(base + "y"));

        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
        assertThat(present(record).index()).isEqualTo(first);
        assertThat(present(leader).index()).isEqualTo(second);
        assertThat(locks().list(base)).extracting(Value::index).contains(third, third);
    }

    @Test
    void compareAndSetWithIndexZeroNeedsAnAbsentKey() throws LockServiceException {
        long index = done(new CompareAndSet(record, bytes("first"), 0));

        refused(new CompareAndSet(record, bytes("second"), 0));

        assertThat(present(record).index()).isEqualTo(index);
        assertThat(text(record)).isEqualTo("first");
    }

    @Test
    void compareAndSetIsRefusedOnceTheValueHasChanged() throws LockServiceException {
        long read = done(put(record));
        long newer = done(new CompareAndSet(record, bytes("newer"), read));

        Operation late = new CompareAndSet(record, bytes("late"), read);

        assertThat(refused(late).operation()).isEqualTo(late);
        assertThat(text(record)).isEqualTo("newer");
        assertThat(present(record).index()).isEqualTo(newer);
    }

    @Test
    void refusedTransactionLeavesNothingBehind() throws LockServiceException {
        String mine = session();
        long read = done(put(record));
        Operation stale = new CompareAndSet(record, bytes("x"), read - 1);

        Refused refused = refused(new Put(base + "x", bytes("x")), lock(mine), stale, new Delete(record));

        assertThat(refused.operation()).isEqualTo(stale);
        assertThat(refused.reason()).isNotBlank();
        assertThat(locks().list(base)).extracting(Value::key).containsExactly(record);
    }

    @Test
    void onlyOneOfManyComparesAndSetsAtOneIndexIsDone() throws Exception {
        long read = done(put(record));
        List<Future<Outcome>> outcomes = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                LockService from = i % 2 == 0 ? locks() : elsewhere();
                byte[] content = bytes("writer " + i);
                outcomes.add(threads.submit(() -> from.transact(List.of(new CompareAndSet(record, content, read)))));
            }
        }

        assertThat(outcomes).extracting(Future::resultNow).hasAtLeastOneElementOfType(Done.class);
        assertThat(outcomes).extracting(Future::resultNow).filteredOn(Done.class::isInstance).hasSize(1);
    }

    @Test
    void lockHasOneHolder() throws LockServiceException {
        String mine = session();
        String other = elsewhere().openSession("other", ttl());
        done(lock(mine));

        refused(lock(other));

        assertThat(present(leader).session()).isEqualTo(mine);
        assertThat(requireNonNull(elsewhere().get(leader)).session()).isEqualTo(mine);
    }

    @Test
    void holderMayLockAgainAndChangeTheValue() throws LockServiceException {
        String mine = session();
        done(lock(mine));

        done(new Lock(leader, bytes("again"), mine));

        assertThat(text(leader)).isEqualTo("again");
        assertThat(present(leader).session()).isEqualTo(mine);
    }

    @Test
    void promotionIsRefusedAsAWholeWhileTheLockIsHeld() throws LockServiceException {
        done(lock(session()));
        long read = done(put(record));
        Operation lock = lock(session());

        Refused refused = refused(lock, new CompareAndSet(record, bytes("epoch 2"), read));

        assertThat(refused.operation()).isEqualTo(lock);
        assertThat(present(record).index()).isEqualTo(read);
    }

    @Test
    void promotionIsRefusedAsAWholeWhenTheRecordHasChanged() throws LockServiceException {
        long read = done(put(record));
        done(new Put(record, bytes("newer")));

        refused(lock(session()), new CompareAndSet(record, bytes("epoch 2"), read));

        assertThat(locks().get(leader)).isNull();
    }

    @Test
    void lockWithASessionThatHasEndedIsRefused() throws LockServiceException {
        String ended = session();
        locks().destroySession(ended);

        refused(lock(ended));
        refused(lock(UUID.randomUUID().toString()));

        assertThat(locks().get(leader)).isNull();
    }

    @Test
    void unlockFreesTheKeyAndKeepsTheValue() throws LockServiceException {
        String mine = session();
        done(lock(mine));

        done(new Unlock(leader, bytes("last words"), mine));

        assertThat(text(leader)).isEqualTo("last words");
        assertThat(present(leader).session()).isNull();
        done(lock(session()));
    }

    @Test
    void onlyTheHolderUnlocks() throws LockServiceException {
        String mine = session();
        done(lock(mine));

        refused(new Unlock(leader, bytes("x"), session()));
        refused(new Unlock(record, bytes("x"), mine));

        assertThat(present(leader).session()).isEqualTo(mine);
    }

    @Test
    void checkHolderLetsOnlyTheHolderPass() throws LockServiceException {
        String mine = session();
        done(lock(mine));

        long index = done(new CheckHolder(leader, mine), put(record));
        refused(new CheckHolder(leader, session()), new Put(record, bytes("y")));
        refused(new CheckHolder(base + "absent", mine), new Put(record, bytes("y")));

        assertThat(present(record).index()).isEqualTo(index);
    }

    @Test
    void transactionThatWritesNothingHasNoIndex() throws LockServiceException {
        String mine = session();
        done(lock(mine));

        assertThat(done(new CheckHolder(leader, mine))).isZero();
    }

    @Test
    void writesOfOthersDoNotEndAHold() throws LockServiceException {
        String mine = session();
        long locked = done(lock(mine));

        done(new CompareAndSet(leader, bytes("b"), locked));
        done(new Put(leader, bytes("c")));

        assertThat(present(leader).session()).isEqualTo(mine);
    }

    @Test
    void writingWhatIsThereAlreadyChangesNothing() throws LockServiceException {
        String mine = session();
        long first = done(put(record));
        long second = done(lock(mine));

        assertThat(done(new CompareAndSet(record, bytes("x"), first))).isEqualTo(first);
        assertThat(done(put(record), lock(mine))).isEqualTo(second);

        assertThat(present(record).index()).isEqualTo(first);
    }

    @Test
    void deletedValueIsGone() throws LockServiceException {
        done(put(record));

        done(new Delete(record), new Delete(base + "absent"));

        assertThat(locks().get(record)).isNull();
        done(new CompareAndSet(record, bytes("x"), 0));
    }

    @Test
    void endOfASessionFreesItsLocksAndRemovesWhatWentWithIt() throws LockServiceException {
        String mine = session();
        done(lock(mine));
        locks().putWhileAlive(node, bytes("here"), mine);

        locks().destroySession(mine);

        assertThat(text(leader)).isEqualTo("x");
        assertThat(present(leader).session()).isNull();
        assertThat(locks().get(node)).isNull();
        assertThat(locks().list(base)).extracting(Value::key).containsExactly(leader);
    }

    @Test
    void sessionOfAnotherNodeCanBeDestroyed() throws LockServiceException {
        String mine = session();
        done(lock(mine));

        elsewhere().destroySession(mine);

        assertThat(locks().renewSession(mine)).isFalse();
        assertThat(present(leader).session()).isNull();
    }

    @Test
    void freedKeyCanBeLockedByTheNextOneAtOnce() throws LockServiceException {
        String mine = session();
        done(lock(mine));
        String next = elsewhere().openSession("next", ttl());

        locks().destroySession(mine);

        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> elsewhere().transact(List.of(lock(next))) instanceof Done);
    }

    @Test
    void destructionOfAnUnknownSessionIsFine() throws LockServiceException {
        String unknown = UUID.randomUUID().toString();

        locks().destroySession(unknown);

        assertThat(locks().renewSession(unknown)).isFalse();
    }

    @Test
    void sessionThatIsNotRenewedEnds() throws LockServiceException {
        String mine = session();
        done(lock(mine));
        List<List<Value>> reports = watch(locks(), base);

        pass(ttl());

        await().atMost(ttl().multipliedBy(4)).until(() -> present(leader).session() == null);
        await().atMost(SOON).until(() -> reports.getLast().getFirst().session() == null);
        assertThat(locks().renewSession(mine)).isFalse();
    }

    @Test
    void sessionThatIsRenewedLives() throws LockServiceException {
        String mine = session();
        done(lock(mine));

        await().pollInterval(ttl().dividedBy(4))
                .during(ttl().multipliedBy(3))
                .atMost(ttl().multipliedBy(6))
                .until(() -> {
                    pass(ttl().dividedBy(2));
                    return locks().renewSession(mine);
                });

        assertThat(present(leader).session()).isEqualTo(mine);
    }

    @Test
    void valueOfALivingSessionTakesThePlaceOfAnOlderOne() throws LockServiceException {
        String before = session();
        String after = elsewhere().openSession("the same node after its restart", ttl());
        locks().putWhileAlive(node, bytes("before"), before);

        elsewhere().putWhileAlive(node, bytes("after"), after);
        locks().destroySession(before);

        assertThat(text(node)).isEqualTo("after");
        elsewhere().destroySession(after);
        assertThat(locks().list(base)).isEmpty();
    }

    @Test
    void valueOfALivingSessionCanBeRenewedAndComesBackWithTheNextSession() throws LockServiceException {
        String mine = session();
        locks().putWhileAlive(node, bytes("1"), mine);
        locks().putWhileAlive(node, bytes("2"), mine);
        assertThat(text(node)).isEqualTo("2");
        locks().destroySession(mine);
        String next = session();

        await().atMost(SOON).ignoreExceptions().until(() -> {
            locks().putWhileAlive(node, bytes("3"), next);
            return true;
        });

        assertThat(text(node)).isEqualTo("3");
    }

    @Test
    void nothingIsWrittenForASessionThatHasEnded() throws LockServiceException {
        String mine = session();
        locks().destroySession(mine);

        assertThatThrownBy(() -> locks().putWhileAlive(node, bytes("x"), mine))
                .isInstanceOfSatisfying(
                        LockServiceException.class, e -> assertThat(e.isOutcomeUnknown()).isFalse())
                .hasMessageContaining(mine);

        assertThat(locks().get(node)).isNull();
    }

    @Test
    void watchReportsWhatIsThereAndThenEveryLastState() throws LockServiceException {
        done(put(record));
        List<List<Value>> reports = watch(elsewhere(), base);
        await().until(() -> !reports.isEmpty());

        for (int i = 0; i < 20; i++) {
            done(new Put(leader, bytes("change " + i)));
        }
        await().until(() -> describe(reports.getLast()).equals(List.of("leader=change 19", "record=x")));

        assertThat(describe(reports.getFirst())).containsExactly("record=x");
        assertThat(reports).extracting(LockServiceContract::newest).isSorted();
    }

    @Test
    void watchReportsThatThereIsNothing() {
        List<List<Value>> reports = watch(locks(), base);

        await().until(() -> !reports.isEmpty());
        assertThat(reports.getFirst()).isEmpty();
    }

    @Test
    void watchReportsLocksReleasesAndRemovals() throws LockServiceException {
        String mine = session();
        List<List<Value>> reports = watch(elsewhere(), base);
        done(lock(mine));
        locks().putWhileAlive(node, bytes("here"), mine);
        await().until(() -> last(reports).size() == 2 && mine.equals(last(reports).getFirst().session()));

        locks().destroySession(mine);

        await().until(() -> last(reports).size() == 1 && last(reports).getFirst().session() == null);
    }

    @Test
    void watchKeepsToItsPrefix() throws LockServiceException {
        List<List<Value>> reports = watch(locks(), node);
        await().until(() -> !reports.isEmpty());
        done(put(record));
        done(put(node));
        await().until(() -> !last(reports).isEmpty());

        assertThat(reports).hasSize(2);
    }

    @Test
    void closedWatchIsSilent() throws LockServiceException {
        List<List<Value>> closed = new CopyOnWriteArrayList<>();
        GroupView.Registration watch = locks().watch(base, closed::add);
        await().until(() -> !closed.isEmpty());
        List<List<Value>> open = watch(locks(), base);
        await().until(() -> !open.isEmpty());

        watch.close();
        done(put(record));
        await().until(() -> open.size() == 2);

        assertThat(closed).hasSize(1);
    }

    @Test
    void failureOfAWatcherHarmsNobody() throws LockServiceException {
        List<List<Value>> calls = new CopyOnWriteArrayList<>();
        locks().watch(base, values -> {
            calls.add(values);
            throw new IllegalStateException("a failure that the test makes");
        });
        await().until(() -> calls.size() == 1);

        done(put(record));

        await().until(() -> calls.size() == 2);
    }

    private static List<List<Value>> watch(LockService service, String prefix) {
        List<List<Value>> reports = new CopyOnWriteArrayList<>();
        service.watch(prefix, reports::add);
        return reports;
    }

    private static List<Value> last(List<List<Value>> reports) {
        return reports.isEmpty() ? List.of() : reports.getLast();
    }

    private static long newest(List<Value> values) {
        return values.stream().mapToLong(Value::index).max().orElse(0);
    }

    private List<String> describe(List<Value> values) {
        return values.stream()
                .map(value -> value.key().substring(base.length()) + "=" + new String(value.content(), UTF_8))
                .toList();
    }

    private String session() throws LockServiceException {
        return locks().openSession("contract", ttl());
    }

    private Lock lock(String session) {
        return new Lock(leader, bytes("x"), session);
    }

    private static Put put(String key) {
        return new Put(key, bytes("x"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private Value present(String key) throws LockServiceException {
        return requireNonNull(locks().get(key), key);
    }

    private String text(String key) throws LockServiceException {
        return new String(present(key).content(), UTF_8);
    }

    private long done(Operation... operations) throws LockServiceException {
        Outcome outcome = locks().transact(List.of(operations));
        assertThat(outcome).isInstanceOf(Done.class);
        return ((Done) outcome).index();
    }

    private Refused refused(Operation... operations) throws LockServiceException {
        Outcome outcome = locks().transact(List.of(operations));
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }
}
