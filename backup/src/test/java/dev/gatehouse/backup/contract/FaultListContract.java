// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.BackupGate;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.BackupsBuilder;
import dev.gatehouse.backup.Retention;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.StoreState;
import dev.gatehouse.backup.contract.CallStore.Deed;
import dev.gatehouse.backup.contract.CallStore.Moment;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can happen to a store and to whoever writes to it, and how each must end. The exhaustive versions are tagged
 * {@code soak}; either way a table says how many cases there were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FaultListContract {

    private static final int CHUNK = 1024;
    private static final byte[] CONTENT = new byte[CHUNK + 76];
    private static final Actor ANN = Actor.account("ann");
    private static final ObjectName ROOT = ObjectName.of("v1");

    static {
        new Random(42).nextBytes(CONTENT);
    }

    @TempDir
    protected Path folder;

    private final Random random = new Random(20_261_121);
    private final FaultTable table = new FaultTable();
    private BackupStore store;
    private Path target;

    /** Makes an empty store and gives its address, which {@link #opener} understands. */
    protected abstract String newStore() throws Exception;

    /** Opens stores, here and in child processes. */
    protected abstract Class<? extends StoreOpener> opener();

    /** What the store is called in the table. */
    protected abstract String kind();

    /** A handle of the store whose credentials are refused. */
    protected abstract BackupStore refused(String address) throws Exception;

    /** Asserts that nothing unfinished lies in the store where listing does not show it. */
    protected abstract void assertNothingUnfinished(String address) throws Exception;

    private String address;
    private String backup;

    @BeforeEach
    void backUp() throws Exception {
        clear(folder);
        address = newStore();
        store = open();
        target = folder.resolve("target");
        backup = make();
    }

    private BackupStore open() throws Exception {
        return opener().getDeclaredConstructor().newInstance().open(address);
    }

    @AfterAll
    void print() throws IOException {
        table.print(kind());
    }

    protected final void count(String row, int cases, String outcome) {
        table.add(row, kind(), cases, outcome);
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }

    protected static Backups backups(Path folder, BackupStore store, InstantSource clock) throws IOException {
        return builder(folder, store, "backup.key").clock(clock).build();
    }

    private static BackupsBuilder builder(Path folder, BackupStore store, String key) throws IOException {
        return Backups.builder()
                .source(new BytesSource(CONTENT))
                .store(store)
                .keys(KeyProvider.file(folder.resolve(key)))
                .highWaterMark(HighWaterMark.directory(folder.resolve("marks")))
                .workFolder(Files.createDirectories(folder.resolve("work")))
                .chunkBytes(CHUNK);
    }

    private Backups backups() throws IOException {
        return backups(folder, store, new ManualTime());
    }

    private String make() throws Exception {
        try (Backups backups = backups()) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            return run.id();
        }
    }

    private byte[] bytes(ObjectName name) throws IOException {
        try (InputStream in = store.open(name)) {
            return in.readAllBytes();
        }
    }

    private List<ObjectName> names() throws IOException {
        return store.list(ROOT);
    }

    /** Only a leftover of the reading itself may come and go. */
    private List<ObjectName> objects() throws IOException {
        return names().stream()
                .filter(name -> !name.value().contains("/leases/"))
                .toList();
    }

    private void replace(ObjectName name, byte[] bytes) throws IOException {
        store.delete(name);
        store.putIfAbsent(name, out -> out.write(bytes));
    }

    private void assertRefused(String attack) throws IOException {
        try (Backups backups = backups()) {
            Throwable refusal = catchThrowable(() -> backups.restore(backup, target));
            assertThat(refusal).as(attack).isInstanceOf(BackupException.class).hasMessageContaining(backup);
        }
        assertNothingReleased(attack);
    }

    private void assertNothingReleased(String attack) throws IOException {
        assertThat(target).as(attack).doesNotExist();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as(attack)
                    .noneMatch(name -> name.startsWith("gatehouse-backup-"));
        }
    }

    private void assertRestores(String id) throws Exception {
        try (Backups backups = backups()) {
            backups.restore(id, target);
        }
        assertThat(target.resolve(BytesSource.PART)).hasBinaryContent(CONTENT);
        clear(target);
        Files.delete(target);
    }

    private void spoil(ObjectName name, byte[] original, byte[] changed, String attack) throws IOException {
        replace(name, changed);
        assertRefused(attack + " of " + name);
        replace(name, original);
    }

    // What is in the store is not what was put there.

    @Test
    void refusesABitFlipAnywhere() throws Exception {
        List<ObjectName> names = objects();
        for (int i = 0; i < 24; i++) {
            ObjectName name = names.get(i % names.size());
            byte[] original = bytes(name);
            flip(name, original, random.nextInt(original.length));
        }
        count("bit flip at a random place", 24, "refused, backup named, nothing released");
        assertRestores(backup);
    }

    @Test
    @Tag("soak")
    void refusesABitFlipAtEveryByte() throws Exception {
        int cases = 0;
        for (ObjectName name : objects()) {
            byte[] original = bytes(name);
            for (int at = 0; at < original.length; at++) {
                flip(name, original, at);
                cases++;
            }
        }
        count("bit flip at every byte", cases, "refused, backup named, nothing released");
        assertRestores(backup);
    }

    private void flip(ObjectName name, byte[] original, int at) throws IOException {
        byte[] changed = original.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        spoil(name, original, changed, "bit flip at byte " + at);
    }

    @Test
    void refusesATruncation() throws Exception {
        int cases = 0;
        for (ObjectName name : objects()) {
            byte[] original = bytes(name);
            for (int length : new int[] {0, original.length / 2, original.length - 1}) {
                spoil(name, original, Arrays.copyOf(original, length), "cut to " + length);
                cases++;
            }
        }
        count("truncation to some lengths", cases, "refused, backup named, nothing released");
        assertRestores(backup);
    }

    @Test
    @Tag("soak")
    void refusesATruncationToEveryLength() throws Exception {
        int cases = 0;
        for (ObjectName name : objects()) {
            byte[] original = bytes(name);
            for (int length = 0; length < original.length; length++) {
                spoil(name, original, Arrays.copyOf(original, length), "cut to " + length);
                cases++;
            }
        }
        count("truncation to every length", cases, "refused, backup named, nothing released");
        assertRestores(backup);
    }

    @Test
    void refusesChunksThatChangedPlacesAndObjectsOfAnotherBackup() throws Exception {
        String other = make();
        int cases = 0;
        List<ObjectName> chunks = objects().stream()
                .filter(name -> name.value().contains("/data/" + backup))
                .toList();
        for (ObjectName one : chunks) {
            for (ObjectName two : objects()) {
                if (!one.equals(two) && two.value().contains("/data/")) {
                    spoil(one, bytes(one), bytes(two), "swapped for " + two);
                    cases++;
                }
            }
        }
        spoil(key(backup), bytes(key(backup)), bytes(key(other)), "key of another backup");
        count("chunk or key swapped", cases + 1, "refused, backup named, nothing released");
        assertRestores(backup);
    }

    private static ObjectName key(String backup) {
        return ObjectName.of("v1", "keys", backup + ".wrapped");
    }

    @Test
    void refusesAMissingObjectBeforeTheTargetIsTouched() throws Exception {
        int cases = 0;
        for (ObjectName name : objects()) {
            byte[] original = bytes(name);
            store.delete(name);
            assertRefused("missing " + name);
            store.putIfAbsent(name, out -> out.write(original));
            cases++;
        }
        count("object missing", cases, "refused before the target is touched");
        assertRestores(backup);
    }

    // Old states.

    @Test
    void alarmsWhenTheNewestIsDeleted() throws Exception {
        String newest = make();
        removeAll(newest);
        assertAlarm(newest);
        count("newest backup deleted", 1, "alarm, health down, drill refused");
    }

    @Test
    void alarmsWhenAnOldStateIsPutBack() throws Exception {
        Map<ObjectName, byte[]> old = new TreeMap<>();
        for (ObjectName name : names()) {
            old.put(name, bytes(name));
        }
        String newest = make();
        for (ObjectName name : names()) {
            store.delete(name);
        }
        for (Map.Entry<ObjectName, byte[]> object : old.entrySet()) {
            store.putIfAbsent(object.getKey(), out -> out.write(object.getValue()));
        }
        assertAlarm(newest);
        count("old state of the whole store put back", 1, "alarm, health down, drill refused");
    }

    @Test
    void alarmsWhenAnOldManifestIsReplayed() throws Exception {
        ObjectName manifest = manifest(backup);
        ObjectName forged = new ObjectName(manifest.value().replace("0001-", "0002-"));
        byte[] bytes = bytes(manifest);
        store.putIfAbsent(forged, out -> out.write(bytes));
        assertAlarm(backup);
        count("old manifest replayed under a new number", 1, "alarm, health down, drill refused");
    }

    private ObjectName manifest(String id) throws IOException {
        return objects().stream()
                .filter(name ->
                        name.value().contains("/manifests/") && name.value().contains(id))
                .findFirst()
                .orElseThrow();
    }

    private void removeAll(String id) throws IOException {
        for (ObjectName name : names()) {
            if (name.value().contains(id)) {
                store.delete(name);
            }
        }
    }

    private void assertAlarm(String id) throws Exception {
        try (Backups backups = backups()) {
            backups.list();
            HealthStatus health = health(backups, "backup");
            assertThat(health.state()).isEqualTo(HealthStatus.State.DOWN);
            assertThat(health.detail()).contains(id);
            assertThat(backups.drill(Optional.empty()).succeeded()).isFalse();
        }
    }

    private static HealthStatus health(Backups backups, String name) throws Exception {
        for (HealthCheck check : new BackupGate(backups).health()) {
            if (check.name().equals(name)) {
                return check.probe().call();
            }
        }
        throw new AssertionError("no health check " + name);
    }

    // Keys and credentials.

    @Test
    void tellsAWrongKeyFromDamage() throws Exception {
        try (Backups backups = builder(folder, store, "other.key").build()) {
            assertThat(catchThrowable(() -> backups.restore(backup, target)))
                    .isInstanceOf(BackupException.WrongKey.class)
                    .hasMessageContaining(backup);
        }
        assertNothingReleased("wrong key");
        count("wrong key", 1, "an error of its own, nothing released");
    }

    @Test
    void showsRefusedCredentialsWithinOneInterval() throws Exception {
        try (Backups backups = backups(folder, refused(address), new ManualTime())) {
            StoreState state = backups.checkStores().get(0);
            assertThat(state.trouble())
                    .hasValueSatisfying(
                            trouble -> assertThat(trouble.kind()).isEqualTo(StoreState.Trouble.Kind.CREDENTIALS));
            assertThat(health(backups, "backup-stores").state()).isEqualTo(HealthStatus.State.DOWN);
            assertThat(backups.backUp().succeeded()).isFalse();
            assertThat(catchThrowable(() -> backups.restore(backup, target)))
                    .isInstanceOf(BackupException.Credentials.class);
        }
        try (Backups backups = backups()) {
            backups.checkStores();
            assertThat(health(backups, "backup-stores").state()).isEqualTo(HealthStatus.State.UP);
        }
        count("credentials expired or refused", 3, "an error of their own, red at the next look, green when renewed");
        assertRestores(backup);
    }

    // The store fails, the disk is full, the writer dies.

    @Test
    void leavesNothingOfABackupWhoseStoreFailsAtSomeCall() throws Exception {
        int calls = callsOfOneBackup();
        count("store fails or is full at a call", failAt(List.of(1, calls / 2, calls - 1, calls), calls), CLEAN);
    }

    @Test
    @Tag("soak")
    void leavesNothingOfABackupWhoseStoreFailsAtEveryCall() throws Exception {
        int calls = callsOfOneBackup();
        List<Integer> every = new ArrayList<>();
        for (int call = 1; call <= calls; call++) {
            every.add(call);
        }
        count("store fails or is full at every call", failAt(every, calls), CLEAN);
    }

    private static final String CLEAN = "no manifest, nothing left over, older backups intact, next one works";

    private int callsOfOneBackup() throws Exception {
        CallStore counting = new CallStore(store, Deed.none());
        try (Backups backups = backups(folder, counting, new ManualTime())) {
            assertThat(backups.backUp().succeeded()).isTrue();
        }
        return counting.calls();
    }

    private int failAt(List<Integer> places, int calls) throws Exception {
        int cases = 0;
        for (int place : places) {
            for (Moment when : Moment.values()) {
                List<ObjectName> before = objects();
                CallStore failing = new CallStore(open(), (call, moment) -> {
                    if (call == place && moment == when) {
                        throw new IOException("No space left on device");
                    }
                });
                boolean succeeded = oneBackup(failing);
                if (!succeeded) {
                    assertThat(objects())
                            .as("call %s %s of %s", place, when, calls)
                            .isEqualTo(before);
                }
                cases++;
            }
        }
        assertThat(make()).isNotEmpty();
        assertRestores(backup);
        assertCleanHere();
        return cases;
    }

    private boolean oneBackup(BackupStore failing) throws Exception {
        try (Backups backups = backups(folder, failing, new ManualTime())) {
            return backups.backUp().succeeded();
        }
    }

    private void assertCleanHere() throws Exception {
        try (Stream<Path> work = Files.list(folder.resolve("work"))) {
            assertThat(work).isEmpty();
        }
        assertNothingUnfinished(address);
    }

    @Test
    void survivesADeathAtSomeCall() throws Exception {
        int calls = callsOfOneBackup();
        int cases = killAt(2, Moment.AFTER) + killAt(calls / 2, Moment.WITHIN) + killAt(calls - 1, Moment.BEFORE);
        count("writer killed at a call", cases, KILLED);
    }

    @Test
    @Tag("soak")
    void survivesADeathAtEveryCall() throws Exception {
        int calls = callsOfOneBackup();
        int cases = 0;
        for (int call = 1; call <= calls; call++) {
            for (Moment when : Moment.values()) {
                cases += killAt(call, when);
            }
        }
        count("writer killed at every call", cases, KILLED);
    }

    private static final String KILLED = "halts clean: older backups intact, nothing half, next one works, no alarm";

    private int killAt(int call, Moment when) throws Exception {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledChild.class.getName(),
                        opener().getName(),
                        address,
                        folder.toString(),
                        String.valueOf(call),
                        when.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // A call that writes nothing has no inside; the child then ends by itself.
        assertThat(child.waitFor()).as("call %s %s", call, when).isIn(137, 0);
        assertAlive("call " + call + " " + when);
        return 1;
    }

    private void assertAlive(String death) throws Exception {
        store = open();
        try (Backups backups = backups()) {
            backups.start();
            List<Run> runs = backups.list();
            assertThat(runs).as(death).allMatch(Run::succeeded);
            assertThat(runs).extracting(Run::id).as(death).contains(backup);
            HealthStatus health = health(backups, "backup");
            assertThat(health.state()).as(death + ": " + health.detail()).isNotEqualTo(HealthStatus.State.DOWN);
            assertThat(backups.backUp().succeeded()).as(death).isTrue();
        }
        assertRestores(backup);
        assertCleanHere();
    }

    // Clocks and retention.

    @Test
    void ordersBackupsByTheirNumbersWhateverTheClockSays() throws Exception {
        for (Duration skew : List.of(Duration.ofDays(-400), Duration.ofDays(400), Duration.ZERO)) {
            ManualTime time = new ManualTime();
            time.stepClock(skew);
            try (Backups backups = backups(folder, store, time)) {
                Run made = backups.backUp();
                assertThat(made.succeeded()).isTrue();
                assertThat(backups.drill(Optional.empty()).backup()).contains(made.id());
                assertThat(health(backups, "backup").state()).isNotEqualTo(HealthStatus.State.DOWN);
            }
        }
        count("clock set back or forward by 400 days", 3, "order kept, newest is newest, no alarm");
    }

    @Test
    void letsRetentionAndABackupRunAtOnce() throws Exception {
        ManualTime time = new ManualTime();
        List<String> made = new ArrayList<>();
        try (Backups pruning = pruning(store, time)) {
            for (int i = 0; i < 10; i++) {
                made.add(pruning.backUp().id());
                assertThat(pruning.drill(Optional.empty()).succeeded()).isTrue();
                time.advance(Duration.ofDays(5));
            }
            Retention retention = pruning.retention().orElseThrow();
            assertThat(retention.approve(retention.plan(), ANN)).isInstanceOf(Approval.Approved.class);
            assertThat(pruning.backUp().succeeded()).isTrue();
            time.advance(Duration.ofHours(25));
            BackupStore busy = new CallStore(store, (call, moment) -> {
                if (moment == Moment.WITHIN) {
                    retention.approve(retention.plan(), ANN);
                    retention.sweep();
                }
            });
            try (Backups backups = backups(folder, busy, time)) {
                Run run = backups.backUp();
                assertThat(run.succeeded()).as(run.detail()).isTrue();
                made.add(run.id());
            }
            time.advance(Duration.ofHours(25));
            retention.sweep();
        }
        assertThat(objects())
                .noneMatch(name ->
                        name.value().contains("/manifests/") && name.value().contains(made.get(0)));
        assertRestores(made.get(9));
        assertRestores(made.get(10));
        count(
                "backup while retention removes",
                1,
                "both end well: old ones gone, the last good and the new one restore");
    }

    private Backups pruning(BackupStore store, ManualTime time) throws IOException {
        RetentionPolicy policy = RetentionPolicy.standard()
                .covering(RetentionPolicy.LEAST, Duration.ofDays(5))
                .generations(0, 0, 0, 0);
        return builder(folder, store, "backup.key")
                .retention(policy, store)
                .clock(time)
                .ticker(time)
                .build();
    }
}
