// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.function.Function;
import java.util.function.Supplier;
import org.openros.domain.RealmPath;
import org.openros.worker.group.Reigns;
import org.openros.worker.realm.RealmReader;
import org.openros.worker.realm.Realms;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import tools.jackson.databind.JsonNode;

/** Asks the realms of the present reign. */
final class RealmCalls {
    private static final String NOT_MASTER = "this worker is not the master of its group";

    private final Reigns reigns;

    RealmCalls(Reigns reigns) {
        this.reigns = reigns;
    }

    /** The realms; a worker that is not the master ends in an error reply. */
    Realms realms() {
        Reigns.Reign reign = reigns.present();
        if (reign == null) {
            throw Problem.UNAVAILABLE.exception(NOT_MASTER);
        }
        return reign.realms();
    }

    static RealmPath path(String realm) {
        try {
            return new RealmPath(realm);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("realm", "is no path of a realm");
        }
    }

    /** Reads in one go; the reply tells only what is durable. */
    Mono<ResponseEntity<JsonNode>> read(String realm, Function<RealmReader, ResponseEntity<JsonNode>> query) {
        RealmPath path = path(realm);
        Realms realms = realms();
        return Mono.create(sink -> realms.read(
                path,
                reader -> Answer.of(() -> query.apply(reader)),
                answer -> reply(realms, answer, sink),
                reason -> sink.success(Replies.problem(Problem.UNAVAILABLE.exception(reason)))));
    }

    /** Changes; the reply comes when the change is durable. */
    Mono<ResponseEntity<JsonNode>> edit(String realm, Change change) {
        RealmPath path = path(realm);
        Realms realms = realms();
        return Mono.create(sink -> realms.edit(
                path,
                change::run,
                (answer, version) -> reply(realms, answer, sink),
                outcome -> sink.success(Replies.problem(notDone(outcome)))));
    }

    private static ProblemException notDone(Realms.NotDone outcome) {
        return switch (outcome) {
            case FOR_CERTAIN -> Problem.UNAVAILABLE.exception("nothing was changed: try again");
            case PERHAPS -> Problem.OUTCOME_UNKNOWN.exception(
                    "it is not known whether the change was made: look, or repeat it with the same Idempotency-Key");
        };
    }

    /** A stale master may believe that something is not there, or does not fit. */
    static void reply(Realms realms, Answer answer, MonoSink<ResponseEntity<JsonNode>> sink) {
        if (!answer.needsMaster()) {
            sink.success(answer.reply());
            return;
        }
        realms.confirmLeadership(master -> sink.success(
                master ? answer.reply() : Replies.problem(Problem.UNAVAILABLE.exception(NOT_MASTER))));
    }

    /**
     * A reply, and whether it may be given only by who is certain to be the master.
     *
     * @param failed whether nothing is to be changed
     */
    record Answer(ResponseEntity<JsonNode> reply, boolean failed, boolean needsMaster) {
        /** What comes of a request; problems become replies. */
        static Answer of(Supplier<ResponseEntity<JsonNode>> request) {
            try {
                return new Answer(request.get(), false, false);
            } catch (Misfit misfit) {
                return failed(Problem.misfit(misfit));
            } catch (ProblemException problem) {
                return failed(problem);
            }
        }

        private static Answer failed(ProblemException problem) {
            return new Answer(
                    Replies.problem(problem), true, problem.problem().needsMaster());
        }
    }
}
