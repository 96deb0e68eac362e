// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;

/** The reference implementation in C, through argon2-jvm and JNA. Its memory lies outside of the heap. */
final class NativeArgon2 implements Argon2 {

    private final Argon2Advanced d = Argon2Factory.createAdvanced(Argon2Types.ARGON2d);
    private final Argon2Advanced i = Argon2Factory.createAdvanced(Argon2Types.ARGON2i);
    private final Argon2Advanced id = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);

    @Override
    public byte[] tag(Cost cost, byte[] password, byte[] salt, int length) {
        return library(cost.variant())
                .pbkdf(cost.iterations(), cost.memoryKib(), cost.parallelism(), password, salt, length);
    }

    private Argon2Advanced library(Variant variant) {
        return switch (variant) {
            case D -> d;
            case I -> i;
            case ID -> id;
        };
    }
}
