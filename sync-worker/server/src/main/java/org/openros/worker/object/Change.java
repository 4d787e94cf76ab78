// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.worker.object.ObjectEdit.Done;
import org.openros.worker.object.ObjectEdit.Effect;
import org.openros.worker.object.RealmCalls.Answer;
import org.openros.worker.realm.RealmEdit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of a realm: it happens as a whole if all conditions hold, or not at all.
 *
 * @param single whether it is about one object: then the reply is about that, too
 * @param repeat recognises that the change was made before; null if the asker does not care
 */
record Change(List<Condition> conditions, List<Operation> operations, boolean single, @Nullable Repeat repeat) {
    private static final int OK = 200;
    private static final int CREATED = 201;

    /** Works the change out in the realm's actor. */
    Answer run(RealmEdit edit) {
        Answer answer = Answer.of(() -> {
            Reply known = repeat == null ? null : repeat.find(edit);
            if (known != null) {
                return known.entity();
            }
            Reply reply = carryOut(edit);
            if (repeat != null) {
                repeat.remember(edit, reply);
            }
            return reply.entity();
        });
        if (answer.failed()) {
            edit.discard();
        }
        return answer;
    }

    private Reply carryOut(RealmEdit edit) {
        ObjectEdit objects = new ObjectEdit(edit);
        requireConditions(objects);
        ArrayNode results = JsonNodeFactory.instance.arrayNode(operations.size());
        boolean created = false;
        for (Operation operation : operations) {
            Done done = run(objects, operation, results.size());
            created |= done.effect() == Effect.CREATED;
            results.add(result(objects, done));
        }
        long version = edit.reader().version() + (edit.size() > 0 ? 1 : 0);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("version", version);
        if (single) {
            return new Reply(created ? CREATED : OK, body.setAll((ObjectNode) results.get(0)));
        }
        return new Reply(OK, (ObjectNode) body.set("results", results));
    }

    private void requireConditions(ObjectEdit objects) {
        for (int i = 0; i < conditions.size(); i++) {
            String place = "preconditions[" + i + "]";
            boolean holds;
            try {
                holds = objects.holds(conditions.get(i));
            } catch (Misfit misfit) {
                throw misfit.in(place);
            }
            if (!holds) {
                throw Problem.conditionFailed(place, "the condition does not hold: nothing was changed");
            }
        }
    }

    private Done run(ObjectEdit objects, Operation operation, int index) {
        String place = single ? operation.place() : "operations[" + index + "]." + operation.place();
        try {
            return objects.run(operation);
        } catch (Misfit misfit) {
            throw misfit.in(place);
        } catch (ProblemException problem) {
            throw single ? problem : problem.at("operations[" + index + "]");
        }
    }

    private JsonNode result(ObjectEdit objects, Done done) {
        ObjectNode result = JsonNodeFactory.instance.objectNode()
                .put("class", done.definition().name().toUtf8())
                .put("key", Keys.text(done.key()))
                .put("effect", done.effect().text());
        ObjectNode object = single ? objects.show(done.definition(), done.key()) : null;
        return object == null ? result : result.put("etag", Etag.of(object));
    }
}
