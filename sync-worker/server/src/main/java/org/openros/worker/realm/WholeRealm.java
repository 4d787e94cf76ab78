// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmStore;
import org.openros.storage.StorageException;
import org.openros.storage.Write;

/**
 * What happens to one realm as a whole: one change at a time, in the realm's actor, behind all that was integrated
 * before.
 */
final class WholeRealm {
    private final Realm realm;
    private final RealmResources resources;
    private boolean changing;

    WholeRealm(Realm realm, RealmResources resources) {
        this.realm = realm;
        this.resources = resources;
    }

    /** Whether a change is under way. */
    boolean isChanging() {
        return changing;
    }

    /** Changes the realm; answers when that is durable. */
    void change(RealmChange change, Consumer<RealmChange.Outcome> answer) {
        if (changing) {
            answer.accept(new RealmChange.Outcome.Unavailable("the realm is being changed already"));
            return;
        }
        changing = true;
        realm.addFiles();
        Consumer<RealmChange.Outcome> end = outcome -> {
            changing = false;
            answer.accept(outcome);
        };
        RealmChange.Outcome unknown = new RealmChange.Outcome.Unavailable("changes could not be committed");
        realm.whenDurable(
                () -> {
                    try {
                        decide(change, end);
                    } catch (RuntimeException e) {
                        end.accept(unknown);
                        throw e;
                    }
                },
                () -> end.accept(unknown));
    }

    private RealmStore store() {
        return resources.storage().realm(realm.path());
    }

    private void decide(RealmChange change, Consumer<RealmChange.Outcome> end) {
        RealmStore store = store();
        RealmStanding standing = RealmStanding.of(store);
        RealmHead head = store.head();
        List<Write> writes = change.decide(standing, head);
        if (writes == null || writes.isEmpty()) {
            RealmChange.Outcome outcome = writes == null
                    ? new RealmChange.Outcome.Conflict(standing, head)
                    : new RealmChange.Outcome.Done(standing, head);
            resources.leadership().confirm(master -> realm.execute(() -> end.accept(master
                    ? outcome
                    : new RealmChange.Outcome.Unavailable("it is not certain who is the master"))));
        } else {
            if (change.replacesContent()) {
                realm.forgetContent("the realm is no longer here");
            }
            realm.commit(writes, failure -> changed(change, failure, end));
        }
    }

    private void changed(
            RealmChange change, @Nullable StorageException failure, Consumer<RealmChange.Outcome> end) {
        if (failure != null || realm.isOver()) {
            realm.reset("changes cannot be stored");
            end.accept(new RealmChange.Outcome.Unavailable("the change could not be committed"));
            return;
        }
        RealmStore store = store();
        RealmStanding standing = RealmStanding.of(store);
        realm.stand(standing);
        if (change instanceof RealmChange.Reopen) {
            realm.endSessions("the realm stays where it was");
        }
        end.accept(new RealmChange.Outcome.Done(standing, store.head()));
    }
}
