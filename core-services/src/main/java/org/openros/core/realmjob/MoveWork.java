// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmjob;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmMove;
import org.openros.core.directory.RealmMoves;
import org.openros.core.directory.RealmRow;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobProgress;
import org.openros.core.job.JobWork;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Follows a move to its end; the directory carries it out, and goes on with it whoever follows. Begun anew it finds
 * the move that is under way, or that the realm is where it was to go.
 */
public final class MoveWork implements JobWork {
    /** The name of jobs of this kind. */
    public static final String TYPE = "realm-move";

    private static final Logger LOG = LoggerFactory.getLogger(MoveWork.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int PAGE = 1000;

    private final RealmMoves moves;
    private final Directory directory;

    /** Creates the work. */
    public MoveWork(RealmMoves moves, Directory directory) {
        this.moves = moves;
        this.directory = directory;
    }

    /** The target of the job that moves a realm to a group. No path and no name of a group has a blank. */
    public static String target(RealmPath path, GroupId group) {
        return path.value() + " " + group.value();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode run(String target, JobProgress progress) throws InterruptedException {
        int blank = target.lastIndexOf(' ');
        RealmPath path = new RealmPath(target.substring(0, blank));
        GroupId group = new GroupId(target.substring(blank + 1));
        RealmRow row = directory.find(path);
        if (row == null || row.isDeleted()) {
            throw new JobFailedException("there is no such realm");
        }
        RealmMove move = underWay(path);
        if (move == null && row.group().equals(group)) {
            return result(group);
        }
        if (move == null) {
            move = start(path, group);
        }
        if (!move.target().equals(group)) {
            throw new JobFailedException("the realm is being moved to group " + move.target());
        }
        follow(move.id(), progress);
        return result(group);
    }

    private static JsonNode result(GroupId group) {
        return JsonNodeFactory.instance.objectNode().put("label", group.value());
    }

    private @Nullable RealmMove underWay(RealmPath path) {
        List<RealmMove> page = moves.list(null, PAGE);
        while (true) {
            for (RealmMove move : page) {
                if (move.path().equals(path) && move.state().isUnderWay()) {
                    return move;
                }
            }
            if (page.size() < PAGE) {
                return null;
            }
            page = moves.list(page.getLast().id(), PAGE);
        }
    }

    private RealmMove start(RealmPath path, GroupId group) {
        try {
            RealmMove move = moves.start(path, group);
            if (move != null) {
                return move;
            }
        } catch (IllegalArgumentException e) {
            throw new JobFailedException(String.valueOf(e.getMessage()));
        }
        throw new JobFailedException("the realm was changed by others meanwhile: try again");
    }

    private void follow(String id, JobProgress progress) throws InterruptedException {
        boolean isToStay = false;
        while (true) {
            try {
                Thread.sleep(BETWEEN_LOOKS);
                if (isToStay) {
                    // Too late is no failure: the move is followed to its end all the same.
                    moves.cancel(id);
                }
                RealmMove move = find(id);
                if (!move.state().isUnderWay()) {
                    requireDone(move);
                    return;
                }
                progress.report(Math.min(move.copied(), move.size()), Math.max(1, move.size()), "bytes");
            } catch (StoreUnavailableException e) {
                LOG.debug("the move {} is looked at later: {}", id, e.getMessage());
            } catch (InterruptedException e) {
                // When this process ends, another one follows: the move goes on.
                if (isToStay || !progress.isCancelled()) {
                    throw e;
                }
                isToStay = true;
            }
        }
    }

    private RealmMove find(String id) {
        RealmMove move = moves.find(id);
        if (move == null) {
            throw new JobFailedException("nothing is known of the move any more");
        }
        return move;
    }

    private static void requireDone(RealmMove move) throws InterruptedException {
        switch (move.state()) {
            case DONE, CLEARED -> {
                // As it was to be.
            }
            case CANCELLED -> throw new InterruptedException("cancelled");
            case FAILED -> throw new JobFailedException(String.valueOf(move.error()));
            case RUNNING, SWITCHED, RETURNING -> throw new IllegalStateException("the move has not ended");
        }
    }
}
