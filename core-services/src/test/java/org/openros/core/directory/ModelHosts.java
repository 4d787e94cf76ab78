// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/**
 * Groups of workers as far as moves are concerned: a realm is a list of words, and a log tells which were added when.
 */
final class ModelHosts implements RealmHosts {
    private static final int WORDS_OF_A_PAGE = 5;

    private final Map<GroupId, Group> groups = new HashMap<>();

    /** Runs before and after each call, and may throw. */
    Runnable meanwhile = () -> {};

    private static final class Group {
        final List<Logged> log = new ArrayList<>();
        final Map<RealmPath, Realm> realms = new HashMap<>();
        int released;
    }

    private record Logged(RealmPath realm, String word) {}

    private static final class Realm {
        final List<String> words = new ArrayList<>();
        String standing = "OPEN";
        String move = "";
        String progress = "";
    }

    private Group group(GroupId id) {
        return groups.computeIfAbsent(id, group -> new Group());
    }

    private Realm realm(GroupId group, RealmPath path) {
        return group(group).realms.computeIfAbsent(path, realm -> new Realm());
    }

    /** What a client does; false if it is to try again. */
    boolean write(GroupId group, RealmPath path, String word) {
        Realm realm = realm(group, path);
        if (!realm.standing.equals("OPEN")) {
            return false;
        }
        realm.words.add(word);
        group(group).log.add(new Logged(path, word));
        return true;
    }

    List<String> words(GroupId group, RealmPath path) {
        return List.copyOf(realm(group, path).words);
    }

    String standing(GroupId group, RealmPath path) {
        return realm(group, path).standing;
    }

    /** The log up to now cannot be read any more. */
    void releaseLog(GroupId group) {
        group(group).released = group(group).log.size();
    }

    private HostedRealm hosted(GroupId group, Realm realm) {
        int words = realm.words.size();
        return new HostedRealm(
                realm.standing,
                realm.move,
                realm.progress,
                new HostedRealm.End(words, String.join(" ", realm.words).hashCode(), words, 1),
                size(realm),
                group(group).log.size());
    }

    private static RealmSize size(Realm realm) {
        return new RealmSize(realm.words.size(), realm.words.size(), realm.words.size(), null);
    }

    @Override
    public HostedRealm status(GroupId group, RealmPath store) {
        meanwhile.run();
        return hosted(group, realm(group, store));
    }

    @Override
    public List<RealmSize> sizes(GroupId group, List<RealmPath> stores) {
        return stores.stream().map(path -> size(realm(group, path))).toList();
    }

    @Override
    public HostedRealm change(GroupId group, RealmPath store, Order order) {
        meanwhile.run();
        Realm realm = realm(group, store);
        boolean open = realm.standing.equals("OPEN");
        boolean ours = realm.move.equals(order.move());
        boolean later = order.move().compareTo(realm.move) > 0;
        boolean nothing = open && realm.words.isEmpty();
        switch (order.name()) {
            case "close" -> require(open || (realm.standing.equals("LEAVING") && (ours || later)), realm,
                    () -> stand(realm, "LEAVING", order));
            case "reopen" -> require(open || (realm.standing.equals("LEAVING") && ours), realm,
                    () -> stand(realm, "OPEN", Order.of("", "")));
            case "admit" -> {
                if (!(realm.standing.equals("ARRIVING") && ours)) {
                    require(nothing || (!open && later), realm, () -> {
                        realm.words.clear();
                        stand(realm, "ARRIVING", order);
                    });
                }
            }
            case "settle" -> require(open || (realm.standing.equals("ARRIVING") && ours), realm,
                    () -> stand(realm, "OPEN", Order.of("", "")));
            case "abandon", "clear" -> {
                String wanted = order.name().equals("clear") ? "LEAVING" : "ARRIVING";
                require(nothing || (realm.standing.equals(wanted) && ours), realm,
                        () -> group(group).realms.remove(store));
            }
            case "purge" -> group(group).realms.remove(store);
            default -> throw new IllegalArgumentException(order.name());
        }
        HostedRealm after = hosted(group, realm(group, store));
        meanwhile.run();
        return after;
    }

    private static void require(boolean allowed, Realm realm, Runnable change) {
        if (!allowed) {
            throw new HostRefusalException("the realm is " + realm.standing + " " + realm.move);
        }
        change.run();
    }

    private static void stand(Realm realm, String standing, Order order) {
        realm.standing = standing;
        realm.move = order.move();
        realm.progress = order.progress();
    }

    @Override
    public Part page(GroupId group, RealmPath store, String after, long since) {
        meanwhile.run();
        List<String> words = realm(group, store).words;
        int from = after.isEmpty() ? 0 : Integer.parseInt(after);
        int to = Math.min(words.size(), from + WORDS_OF_A_PAGE);
        return part(words.subList(from, to), from, to < words.size() ? Integer.toString(to) : "", 0);
    }

    @Override
    public @Nullable Part tail(GroupId group, RealmPath store, long after, long since) {
        meanwhile.run();
        if (after < group(group).released) {
            return null;
        }
        List<Logged> log = group(group).log;
        int first = Math.toIntExact(log.subList(0, Math.toIntExact(after)).stream()
                .filter(entry -> entry.realm().equals(store))
                .count());
        List<String> words = log.subList(Math.toIntExact(after), log.size()).stream()
                .filter(entry -> entry.realm().equals(store))
                .map(Logged::word)
                .toList();
        return part(words, first, Integer.toString(log.size()), log.size());
    }

    private static Part part(List<String> words, int first, String next, long committed) {
        String content = first + " " + String.join(" ", words);
        return new Part(content.getBytes(StandardCharsets.UTF_8), "", next, committed, words.size());
    }

    @Override
    public HostedRealm take(GroupId group, RealmPath store, Taking taking, Part part) {
        meanwhile.run();
        Realm realm = realm(group, store);
        if (!realm.standing.equals("ARRIVING")
                || !realm.move.equals(taking.move())
                || !realm.progress.equals(taking.expected())) {
            throw new HostRefusalException("the realm is " + realm.standing + " " + realm.progress);
        }
        String[] content = new String(part.content(), StandardCharsets.UTF_8).split(" ");
        int number = Integer.parseInt(content[0]);
        for (int i = 1; i < content.length; i++, number++) {
            if (number == realm.words.size()) {
                realm.words.add(content[i]);
                group(group).log.add(new Logged(store, content[i]));
            } else if (number > realm.words.size() || !Objects.equals(realm.words.get(number), content[i])) {
                throw new AssertionError("word " + number + " " + content[i] + " behind " + realm.words);
            }
        }
        realm.progress = taking.next();
        HostedRealm after = hosted(group, realm);
        meanwhile.run();
        return after;
    }

    /** Three words in each frame, and the end. */
    @Override
    public InputStream export(GroupId group, RealmPath store, long since) {
        meanwhile.run();
        Realm realm = realm(group, store);
        if (!realm.standing.equals("OPEN")) {
            throw new HostRefusalException("the realm is " + realm.standing);
        }
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < realm.words.size(); i += 3) {
            frames.add(part(realm.words.subList(i, Math.min(i + 3, realm.words.size())), i, "", 0).content());
        }
        HostedRealm.End end = hosted(group, realm).end();
        return new ByteArrayInputStream(RealmFrames.file(
                frames, end.serverVersion(), end.salt(), end.cumulativeBytes(), end.lastFileIdent()));
    }

    @Override
    public void dismiss(GroupId group, RealmPath store) {
        meanwhile.run();
    }
}
