// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.RealmPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of access changes in the store. Each is written in the transaction that makes the change, with the next
 * number, so that who has read up to a number has missed nothing. Thread-safe; blocks; throws
 * {@link StoreUnavailableException} when the store cannot say.
 */
public final class AccessFeed {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFeed.class);

    /** How many changes are kept; who is further behind has to assume that everything has changed. */
    static final int KEPT = 1000;

    private static final ObjectRef HEAD = new ObjectRef(MetadataTable.ACCESS_FEED, "feed");
    private static final String LAST = "last";
    private static final String PATH = "path";
    private static final String USER = "user";

    /** Processes that write at the same time get in the way of each other; one of them always goes on. */
    private static final int ATTEMPTS = 50;

    private final MetadataStore store;
    private final AccessChanges known;
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * Creates the list.
     *
     * @param known hears of each change that is written here at once
     */
    AccessFeed(MetadataStore store, AccessChanges known) {
        this.store = store;
        this.known = known;
    }

    /** The number of the newest change; 0 if there was none. */
    long last() {
        return last(store.find(HEAD));
    }

    private static long last(@Nullable StoredObject head) {
        return head == null ? 0 : head.whole(LAST);
    }

    /** The oldest changes behind a number that are still kept, {@value #KEPT} at most. */
    List<AccessChange.Numbered> after(long number) {
        return store.list(MetadataTable.ACCESS_CHANGE, "", key(number), KEPT).stream()
                .map(AccessFeed::read)
                .toList();
    }

    private static AccessChange.Numbered read(KeyedObject object) {
        String path = object.object().text(PATH);
        AccessChange change =
                new AccessChange(path == null ? null : new RealmPath(path), object.object().text(USER));
        return new AccessChange.Numbered(Long.parseLong(object.key()), change);
    }

    /**
     * Makes changes and adds what they mean for sessions to the list, in one transaction.
     *
     * @param changes adds conditions and changes; called again with a new builder when another process was faster
     * @return false if a condition of the caller does not hold. When a reply was lost they may not hold because the
     *     changes have been made: read again
     */
    public boolean commit(AccessChange access, Consumer<Transaction.Builder> changes) {
        writing.lock();
        try {
            return commitNext(access, changes);
        } finally {
            writing.unlock();
            tell();
        }
    }

    private void tell() {
        try {
            known.refresh(this);
        } catch (StoreUnavailableException e) {
            LOG.debug("it will be heard of later: {}", e.getMessage());
        }
    }

    private boolean commitNext(AccessChange access, Consumer<Transaction.Builder> changes) {
        StoredObject head = store.find(HEAD);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Transaction.Builder transaction = Transaction.begin();
            add(transaction, head, access);
            changes.accept(transaction);
            if (store.commit(transaction.build())) {
                return true;
            }
            StoredObject now = store.find(HEAD);
            if (last(now) == last(head)) {
                return false;
            }
            head = now;
        }
        throw new StoreUnavailableException("too many changes of access at once");
    }

    private static void add(Transaction.Builder transaction, @Nullable StoredObject head, AccessChange access) {
        long number = last(head) + 1;
        if (head == null) {
            transaction.requireAbsent(HEAD).create(HEAD);
        } else {
            transaction.requireEquals(HEAD, LAST, new Whole(number - 1));
        }
        ObjectRef change = ref(number);
        transaction.set(HEAD, LAST, new Whole(number)).create(change);
        RealmPath path = access.path();
        if (path != null) {
            transaction.set(change, PATH, new Text(path.value()));
        }
        String user = access.user();
        if (user != null) {
            transaction.set(change, USER, new Text(user));
        }
        if (number > KEPT) {
            transaction.erase(ref(number - KEPT));
        }
    }

    private static ObjectRef ref(long number) {
        return new ObjectRef(MetadataTable.ACCESS_CHANGE, key(number));
    }

    private static String key(long number) {
        return String.format(Locale.ROOT, "%019d", number);
    }
}
