// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.realm_binary_t;
import io.realm.kotlin.internal.interop.realm_decimal128_t;
import io.realm.kotlin.internal.interop.realm_link_t;
import io.realm.kotlin.internal.interop.realm_object_id_t;
import io.realm.kotlin.internal.interop.realm_timestamp_t;
import io.realm.kotlin.internal.interop.realm_uuid_t;
import io.realm.kotlin.internal.interop.realm_value_t;
import io.realm.kotlin.internal.interop.realm_value_type_e;
import io.realm.kotlin.internal.interop.realmc;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.stock.Values.Binary;
import org.openros.stock.Values.Decimal;
import org.openros.stock.Values.Link;
import org.openros.stock.Values.ObjectId;

/** Java values to native ones and back. Links are looked up in the view they belong to. */
final class ValueCodec {
    /** What a native value holds that is not a value but a collection or an embedded object. */
    enum Container { LIST, DICTIONARY }

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final RealmView view;

    ValueCodec(RealmView view) {
        this.view = view;
    }

    /** Passes the value to the use as a native one and frees its buffers afterwards. */
    <T> T with(@Nullable Object value, Function<realm_value_t, T> use) {
        realm_value_t nativeValue = toNative(value);
        try {
            return use.apply(nativeValue);
        } finally {
            if (value instanceof String || value instanceof Binary) {
                realmc.realm_value_t_cleanup(nativeValue);
            }
            nativeValue.delete();
        }
    }

    private realm_value_t toNative(@Nullable Object value) {
        realm_value_t v = new realm_value_t();
        switch (value) {
            case null -> v.setType(realm_value_type_e.RLM_TYPE_NULL);
            case Long number -> {
                v.setType(realm_value_type_e.RLM_TYPE_INT);
                v.setInteger(number);
            }
            case Boolean truth -> {
                v.setType(realm_value_type_e.RLM_TYPE_BOOL);
                v.set_boolean(truth);
            }
            case String text -> {
                v.setType(realm_value_type_e.RLM_TYPE_STRING);
                v.setString(text);
            }
            case Float number -> {
                v.setType(realm_value_type_e.RLM_TYPE_FLOAT);
                v.setFnum(number);
            }
            case Double number -> {
                v.setType(realm_value_type_e.RLM_TYPE_DOUBLE);
                v.setDnum(number);
            }
            case Link link -> {
                v.setType(realm_value_type_e.RLM_TYPE_LINK);
                v.setLink(nativeLink(link));
            }
            default -> setStruct(v, value);
        }
        return v;
    }

    private static void setStruct(realm_value_t v, Object value) {
        switch (value) {
            case Binary binary -> {
                v.setType(realm_value_type_e.RLM_TYPE_BINARY);
                v.setBinary(nativeBinary(binary.bytes()));
            }
            case Instant instant -> {
                v.setType(realm_value_type_e.RLM_TYPE_TIMESTAMP);
                v.setTimestamp(nativeTimestamp(instant));
            }
            case UUID uuid -> {
                v.setType(realm_value_type_e.RLM_TYPE_UUID);
                v.setUuid(nativeUuid(uuid));
            }
            case ObjectId id -> {
                v.setType(realm_value_type_e.RLM_TYPE_OBJECT_ID);
                realm_object_id_t nativeId = new realm_object_id_t();
                nativeId.setBytes(Values.shorts(id.bytes()));
                v.setObject_id(nativeId);
            }
            case Decimal decimal -> {
                v.setType(realm_value_type_e.RLM_TYPE_DECIMAL128);
                realm_decimal128_t nativeDecimal = new realm_decimal128_t();
                nativeDecimal.setW(new long[] {decimal.low(), decimal.high()});
                v.setDecimal128(nativeDecimal);
            }
            default -> throw new IllegalArgumentException("no native form of " + value.getClass());
        }
    }

    private realm_link_t nativeLink(Link link) {
        RealmObject target = view.get(link.type(), link.primaryKey());
        realm_link_t nativeLink = new realm_link_t();
        nativeLink.setTarget_table(realmc.realm_object_get_table(target.handle()));
        nativeLink.setTarget(realmc.realm_object_get_key(target.handle()));
        return nativeLink;
    }

    private static realm_binary_t nativeBinary(byte[] bytes) {
        realm_binary_t binary = new realm_binary_t();
        binary.setData(bytes);
        binary.setSize(bytes.length);
        return binary;
    }

    private static realm_timestamp_t nativeTimestamp(Instant instant) {
        // Before 1970 both parts are negative.
        boolean carry = instant.getEpochSecond() < 0 && instant.getNano() > 0;
        realm_timestamp_t timestamp = new realm_timestamp_t();
        timestamp.setSeconds(instant.getEpochSecond() + (carry ? 1 : 0));
        timestamp.setNanoseconds(instant.getNano() - (carry ? NANOS_PER_SECOND : 0));
        return timestamp;
    }

    private static realm_uuid_t nativeUuid(UUID uuid) {
        realm_uuid_t nativeUuid = new realm_uuid_t();
        nativeUuid.setBytes(Values.shorts(ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).array()));
        return nativeUuid;
    }

    /** A plain value, a {@link Container}, or for an embedded object its {@link RealmObject}. */
    @Nullable Object toJava(realm_value_t v) {
        return switch (v.getType()) {
            case realm_value_type_e.RLM_TYPE_NULL -> null;
            case realm_value_type_e.RLM_TYPE_INT -> v.getInteger();
            case realm_value_type_e.RLM_TYPE_BOOL -> v.get_boolean();
            case realm_value_type_e.RLM_TYPE_STRING -> v.getString();
            case realm_value_type_e.RLM_TYPE_BINARY -> Binary.of(v.getBinary().getData());
            case realm_value_type_e.RLM_TYPE_FLOAT -> v.getFnum();
            case realm_value_type_e.RLM_TYPE_DOUBLE -> v.getDnum();
            case realm_value_type_e.RLM_TYPE_TIMESTAMP ->
                    Instant.ofEpochSecond(v.getTimestamp().getSeconds(), v.getTimestamp().getNanoseconds());
            case realm_value_type_e.RLM_TYPE_UUID -> {
                ByteBuffer bytes = Values.bytes(v.getUuid().getBytes());
                yield new UUID(bytes.getLong(), bytes.getLong());
            }
            case realm_value_type_e.RLM_TYPE_OBJECT_ID ->
                    new ObjectId(HexFormat.of().formatHex(Values.bytes(v.getObject_id().getBytes()).array()));
            case realm_value_type_e.RLM_TYPE_DECIMAL128 ->
                    new Decimal(v.getDecimal128().getW()[0], v.getDecimal128().getW()[1]);
            case realm_value_type_e.RLM_TYPE_LINK -> view.linked(v.getLink());
            case realm_value_type_e.RLM_TYPE_LIST -> Container.LIST;
            case realm_value_type_e.RLM_TYPE_DICTIONARY -> Container.DICTIONARY;
            default -> throw new IllegalStateException("unknown native type " + v.getType());
        };
    }
}
