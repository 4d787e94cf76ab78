// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.changeset.state.ClassDefinition;
import org.openros.changeset.state.PropertyDefinition;
import org.openros.changeset.state.SetOrder;
import org.openros.worker.object.Filter.Operator;

/**
 * Reads filters:
 *
 * <pre>{@code
 * filter     = all { "or" all }
 * all        = part { "and" part }
 * part       = "not" part | "(" filter ")" | path ( operator literal | "in" "[" [ literal { "," literal } ] "]"
 *                                                 | "beginsWith" literal )
 * operator   = "==" | "!=" | "<" | "<=" | ">" | ">="
 * path       = name { "." name }       a name is letters, digits and _, or anything in backquotes
 * literal    = number | "text" | true | false | null | an object of extended JSON
 * }</pre>
 *
 * Whatever is wrong ends in an error reply that says where.
 */
final class FilterParser {
    private static final int LONGEST = 8192;
    private static final int DEEPEST = 32;
    private static final int MOST_CONDITIONS = 100;
    private static final int MOST_LITERALS = 500;

    private final FilterTokens tokens;
    private final Classes classes;
    private final ObjectJson objects;
    private final ClassDefinition definition;
    private int conditions;

    private FilterParser(String text, Classes classes, ClassDefinition definition) {
        this.tokens = new FilterTokens(text);
        this.classes = classes;
        this.objects = new ObjectJson(classes);
        this.definition = definition;
    }

    /** The filter of a text; no text is every object. */
    static Filter parse(@Nullable String text, Classes classes, ClassDefinition definition) {
        if (text == null || text.isBlank()) {
            return Filter.ALL;
        }
        if (text.length() > LONGEST) {
            throw Problem.invalid("filter", "is longer than " + LONGEST + " characters");
        }
        FilterParser parser = new FilterParser(text, classes, definition);
        Filter filter = parser.any(0);
        parser.tokens.requireEnd();
        return filter;
    }

    private Filter any(int depth) {
        if (depth > DEEPEST) {
            throw tokens.wrong("the filter is nested deeper than " + DEEPEST);
        }
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(all(depth));
        } while (tokens.takeWord("or"));
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }

    private Filter all(int depth) {
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(part(depth));
        } while (tokens.takeWord("and"));
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }

    private Filter part(int depth) {
        boolean negated = false;
        while (tokens.takeWord("not")) {
            negated = !negated;
        }
        Filter part = tokens.take("(") ? closed(any(depth + 1)) : condition();
        return negated ? new Filter.Not(part) : part;
    }

    private Filter closed(Filter inner) {
        tokens.require(")");
        return inner;
    }

    private Filter condition() {
        if (++conditions > MOST_CONDITIONS) {
            throw tokens.wrong("the filter has more than " + MOST_CONDITIONS + " conditions");
        }
        FieldPath path = path();
        if (tokens.takeWord("in")) {
            return new Filter.In(path, literals(path));
        }
        if (tokens.takeWord("beginsWith")) {
            return new Filter.BeginsWith(path, text(literal(path)));
        }
        if (tokens.take("!=")) {
            return new Filter.Not(new Filter.Comparison(path, Operator.EQUAL, literal(path)));
        }
        return new Filter.Comparison(path, operator(), literal(path));
    }

    private Operator operator() {
        if (tokens.take("==")) {
            return Operator.EQUAL;
        }
        if (tokens.take("<=")) {
            return Operator.LESS_OR_EQUAL;
        }
        if (tokens.take(">=")) {
            return Operator.GREATER_OR_EQUAL;
        }
        if (tokens.take("<")) {
            return Operator.LESS;
        }
        if (tokens.take(">")) {
            return Operator.GREATER;
        }
        throw tokens.wrong("expected ==, !=, <, <=, >, >=, in or beginsWith");
    }

    private List<Value> literals(FieldPath path) {
        List<Value> literals = new ArrayList<>();
        tokens.require("[");
        if (tokens.take("]")) {
            return literals;
        }
        do {
            if (literals.size() == MOST_LITERALS) {
                throw tokens.wrong("more than " + MOST_LITERALS + " values");
            }
            literals.add(literal(path));
        } while (tokens.take(","));
        tokens.require("]");
        return literals;
    }

    private Value literal(FieldPath path) {
        try {
            return comparable(path, objects.literal(tokens.literal()));
        } catch (Misfit misfit) {
            throw tokens.wrong("the value " + misfit.reason());
        }
    }

    /** A comparison that can never hold is a mistake, which is told. */
    private Value comparable(FieldPath path, Value literal) {
        TypeCode type = path.type();
        if (type != TypeCode.NULL && literal != Value.Marker.NULL && !suits(type, literal)) {
            throw tokens.wrong("'" + path + "' is " + type.notation() + ", the value is "
                    + literal.type().notation());
        }
        return literal;
    }

    private static boolean suits(TypeCode type, Value literal) {
        return switch (type) {
            case LINK -> literal instanceof Value.Link;
            case GLOBAL_KEY -> literal instanceof Value.Str;
            default -> SetOrder.areOfOneKind(Value.zero(type), literal);
        };
    }

    private ByteString text(Value literal) {
        if (literal instanceof Value.Str(ByteString text)) {
            return text;
        }
        throw tokens.wrong("beginsWith needs a text");
    }

    private FieldPath path() {
        List<String> names = new ArrayList<>();
        names.add(tokens.name());
        ByteString first = ByteString.of(names.getFirst());
        PrimaryKey primaryKey = definition.primaryKey();
        if (primaryKey != null && primaryKey.field().equals(first)) {
            return new FieldPath(names, true, primaryKey.type());
        }
        if (primaryKey == null && names.getFirst().equals(ObjectJson.KEY)) {
            return new FieldPath(names, true, TypeCode.GLOBAL_KEY);
        }
        return new FieldPath(names, false, follow(property(definition, names.getFirst()), names));
    }

    /** Reads the names behind a property; gives the type of what they lead to. */
    private TypeCode follow(PropertyDefinition start, List<String> names) {
        PropertyDefinition property = start;
        boolean inDictionary = property.collection() == CollectionType.DICTIONARY;
        while (tokens.take(".")) {
            String name = tokens.name();
            names.add(name);
            if (inDictionary) {
                inDictionary = false;
            } else if (property.embedded()) {
                property = property(classes.target(property.target()), name);
                inDictionary = property.collection() == CollectionType.DICTIONARY;
            } else if (property.type() != TypeCode.NULL) {
                throw tokens.wrong("'" + String.join(".", names)
                        + "' does not exist: what is before the last dot has no parts");
            }
        }
        if (property.embedded()) {
            throw tokens.wrong("'" + String.join(".", names)
                    + "' is an embedded object: compare one of its properties");
        }
        return property.type();
    }

    private PropertyDefinition property(ClassDefinition owner, String name) {
        PropertyDefinition property = owner.properties().get(ByteString.of(name));
        if (property == null) {
            throw tokens.wrong("the class '" + owner.name() + "' has no property '" + name + "'");
        }
        return property;
    }
}
