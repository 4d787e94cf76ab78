// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.frame.Frame;

/**
 * The rules by which a node takes and gives up its roles (group protocol). What a node is busy with is its
 * {@link Duty}:
 *
 * <pre>
 *            the lock is free            transaction done
 *   Follow ------------------&gt; Candidacy ----------------&gt; Reign
 *     ^  ^                         |                         |  lease over, session gone, deposed, step-down
 *     |  +-------------------------+                         v
 *     +---------------------------------------------------- Leave
 * </pre>
 *
 * Each flow of the protocol has a class of its own: {@link Leasing}, {@link Watching} with {@link Admission} and
 * {@link FirstStart}, {@link Electing}, {@link Suspecting}, {@link Following}, {@link Reigning}, {@link Welcoming},
 * {@link Committing}, {@link Changing}, {@link Checking}, {@link Leaving}, {@link Ordering}.
 */
public final class RoleMachine {
    private RoleMachine() {}

    /**
     * What an event leads to. The same state and event always lead to the same.
     *
     * @throws IllegalStateException if an invariant of the group protocol is broken: the node has to end its role and
     *     say so
     */
    public static Step step(State state, Event event) {
        State next = state.copy();
        Turn turn = new Turn(next, event.now());
        long gap = state.now == Long.MIN_VALUE ? 0 : event.now() - state.now;
        next.now = event.now();
        if (gap > turn.timing().stall().toNanos()) {
            Checking.stalled(turn, gap);
        }
        hear(turn, event);
        return new Step(next, turn.actions());
    }

    private static void hear(Turn turn, Event event) {
        switch (event) {
            case Event.Tick tick -> tick(turn);
            case Event.LockAnswered answered -> answered(turn, answered);
            case Event.GroupSeen seen -> Watching.seen(turn, seen.group());
            case Event.DiskAnswered answered -> answered(turn, answered);
            case Event.Durable durable -> Committing.durable(turn, durable.through());
            case Event.Established established -> Reigning.established(turn, established.epoch());
            case Event.DiskFailed failed -> Reigning.diskFailed(turn, failed.trouble(), failed.message());
            case Event.Drained drained -> Leaving.drained(turn, drained.epoch());
            case Event.Connected connected -> Following.connected(turn, connected.connection());
            case Event.Disconnected ended -> disconnected(turn, ended);
            case Event.FrameCame came -> heard(turn, came);
            case Event.ProbeAnswered answered -> answered(turn, answered);
            case Event.Ordered ordered -> Ordering.ordered(turn, ordered.ticket(), ordered.order());
            case Event.Stalled stalled -> Checking.stalled(turn, stalled.nanos());
            case Event.LeadershipAsked asked -> Checking.asked(turn, asked.ticket());
        }
    }

    private static void tick(Turn turn) {
        Leasing.tick(turn);
        Watching.tick(turn);
        Announcing.tick(turn);
        switch (turn.state.duty) {
            case Follow follow -> {
                Following.tick(turn, follow);
                Suspecting.tick(turn, follow);
                Electing.tryNow(turn);
            }
            case Candidacy candidacy -> Electing.tick(turn, candidacy);
            case Reign reign -> Reigning.tick(turn, reign);
            case Leave leave -> { }
        }
        Ordering.tick(turn);
    }

    private static void disconnected(Turn turn, Event.Disconnected ended) {
        switch (turn.state.duty) {
            case Follow follow -> Following.disconnected(turn, follow, ended.connection(), ended.cause());
            case Reign reign -> Welcoming.disconnected(turn, reign, ended.connection());
            case Candidacy candidacy -> { }
            case Leave leave -> { }
        }
    }

    private static void heard(Turn turn, Event.FrameCame came) {
        switch (came.frame()) {
            case Frame.FromMaster frame -> {
                if (turn.state.duty instanceof Follow follow && follow.isOn(came.connection())) {
                    Following.heard(turn, follow, frame);
                }
            }
            case Frame.FromFollower frame -> Welcoming.heard(turn, came.connection(), frame);
        }
    }

    private static void answered(Turn turn, Event.LockAnswered answered) {
        Errand errand = turn.state.errands.remove(answered.ticket());
        var answer = answered.answer();
        switch (errand) {
            case Errand.OpenSession open -> Leasing.opened(turn, open, answer);
            case Errand.Renew renew -> Leasing.renewed(turn, renew, answer);
            case Errand.Bury bury -> Leasing.buried(turn, bury, answer);
            case Errand.Announce announce -> Announcing.announced(turn, announce, answer);
            case Errand.Read read -> Watching.read(turn, read, answer);
            case Errand.CreateRecord create -> FirstStart.created(turn, answer);
            case Errand.EndSession end -> Suspecting.ended(turn, end, answer);
            case Errand.Promote promote -> Electing.answered(turn, promote, answer);
            case Errand.ChangeMembers change -> Changing.answered(turn, change, answer);
            case Errand.PublishStatus publish -> Reigning.published(turn);
            case Errand.Unlock unlock -> Leaving.unlocked(turn, unlock, answer);
            case Errand.ChangeOrders change -> Ordering.changed(turn, change, answer);
            case Errand.ReplaceRecord replace -> Ordering.replaced(turn, replace, answer);
            case null, default -> { }
        }
    }

    private static void answered(Turn turn, Event.DiskAnswered answered) {
        Errand errand = turn.state.errands.remove(answered.ticket());
        DiskAnswer answer = answered.answer();
        if (answer instanceof DiskAnswer.Done done) {
            turn.diskIs(done.disk());
        }
        switch (errand) {
            case Errand.Adopt adopt -> Watching.review(turn);
            case Errand.Promise promise -> Reigning.promised(turn, promise, answer);
            case Errand.Lead lead -> Reigning.opened(turn, lead, answer);
            case Errand.EndLead end -> Leaving.ended(turn, end, answer);
            case Errand.LocatePrefix locate -> Welcoming.located(turn, locate, answer);
            case Errand.CheckPrefix check -> Joining.checked(turn, check, answer);
            case Errand.PromiseMaster promise -> Joining.promised(turn, promise, answer);
            case Errand.CutTail cut -> Joining.cut(turn, cut, answer);
            case Errand.TakeCheckpoint take -> Joining.replaced(turn, answer);
            case null -> Following.flushed(turn, answered.ticket(), answer);
            default -> { }
        }
    }

    private static void answered(Turn turn, Event.ProbeAnswered answered) {
        Errand errand = turn.state.errands.remove(answered.ticket());
        switch (errand) {
            case Errand.ProbeMaster probe -> Suspecting.probed(turn, probe, answered.outcome());
            case Errand.AskWitness ask -> Suspecting.witnessed(turn, ask, answered.outcome());
            case Errand.ProbeTwin probe -> Admission.probedTwin(turn, probe, answered.outcome());
            case Errand.ProbeForReseed probe -> Reseeding.probed(turn, probe, answered.outcome());
            case null, default -> { }
        }
    }
}
