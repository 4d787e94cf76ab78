// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.Arrays;
import java.util.List;
import org.openros.changeset.ByteString;
import org.openros.changeset.Value;
import org.openros.changeset.state.SetOrder;

/** Says which objects are wanted. In a list or set one element that fits is enough. */
sealed interface Filter {
    /** Every object. */
    Filter ALL = new And(List.of());

    boolean matches(QueriedObject object);

    /** All parts match. */
    record And(List<Filter> parts) implements Filter {
        @Override
        public boolean matches(QueriedObject object) {
            return parts.stream().allMatch(part -> part.matches(object));
        }
    }

    /** One part matches at least. */
    record Or(List<Filter> parts) implements Filter {
        @Override
        public boolean matches(QueriedObject object) {
            return parts.stream().anyMatch(part -> part.matches(object));
        }
    }

    /** The part does not match. */
    record Not(Filter part) implements Filter {
        @Override
        public boolean matches(QueriedObject object) {
            return !part.matches(object);
        }
    }

    /** How a value is compared with a literal. */
    enum Operator {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        /** Values of different kinds are never equal and have no order; null and NaN are equal to themselves only. */
        boolean holds(Value value, Value literal) {
            if (!SetOrder.areOfOneKind(value, literal)) {
                return false;
            }
            int order = SetOrder.INSTANCE.compare(value, literal);
            return this == EQUAL ? order == 0 : hasOrder(value) && hasOrder(literal) && isInOrder(order);
        }

        private boolean isInOrder(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }

        private static boolean hasOrder(Value value) {
            return switch (value) {
                case Value.Marker marker -> false;
                case Value.Float v -> !Float.isNaN(Float.intBitsToFloat(v.bits()));
                case Value.Double v -> !Double.isNaN(Double.longBitsToDouble(v.bits()));
                case Value.Decimal v -> !Decimals.write(v).equals("NaN");
                default -> true;
            };
        }
    }

    /** A comparison. */
    record Comparison(FieldPath path, Operator operator, Value literal) implements Filter {
        @Override
        public boolean matches(QueriedObject object) {
            return path.any(object, value -> operator.holds(value, literal));
        }
    }

    /** The value is one of several. */
    record In(FieldPath path, List<Value> literals) implements Filter {
        @Override
        public boolean matches(QueriedObject object) {
            return path.any(
                    object, value -> literals.stream().anyMatch(literal -> Operator.EQUAL.holds(value, literal)));
        }
    }

    /** The text begins so; capital letters count. */
    record BeginsWith(FieldPath path, ByteString start) implements Filter {
        @Override
        public boolean matches(QueriedObject object) {
            return path.any(object, value -> value instanceof Value.Str(ByteString text) && begins(text));
        }

        private boolean begins(ByteString text) {
            byte[] prefix = start.toByteArray();
            return text.length() >= prefix.length
                    && Arrays.equals(text.toByteArray(), 0, prefix.length, prefix, 0, prefix.length);
        }
    }
}
