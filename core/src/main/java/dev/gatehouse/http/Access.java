// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a route. Declared in {@link Routes}, enforced by whichever gate knows identities.
 *
 * <p>Immutable. A route whose rule was never declared is refused.
 */
public final class Access {

    /** The kinds of rule. */
    public enum Kind {
        /** No rule was declared: refused. */
        UNDECLARED,
        /** Open to anyone. */
        ANYONE,
        /** Open to any signed-in account. */
        SIGNED_IN,
        /** Open to accounts that hold a permission. */
        PERMISSION
    }

    static final Access UNDECLARED = new Access(Kind.UNDECLARED, null, false, false, null);

    private final Kind kind;
    private final @Nullable String permission;
    private final boolean factor;
    private final boolean recent;
    private final @Nullable String scope;

    private Access(Kind kind, @Nullable String permission, boolean factor, boolean recent, @Nullable String scope) {
        this.kind = kind;
        this.permission = permission;
        this.factor = factor;
        this.recent = recent;
        this.scope = scope;
    }

    /** Open to anyone, signed in or not. */
    public static Access anyone() {
        return new Access(Kind.ANYONE, null, false, false, null);
    }

    /** Open to any signed-in account. */
    public static Access signedIn() {
        return new Access(Kind.SIGNED_IN, null, false, false, null);
    }

    /** Open to accounts that hold {@code permission}. */
    public static Access permission(String permission) {
        return new Access(Kind.PERMISSION, permission, false, false, null);
    }

    /** And only in a session in which a second factor was used. */
    public Access withFactor() {
        return new Access(kind, permission, true, recent, scope);
    }

    /** And only in a session whose sign-in is recent. */
    public Access withRecentSignIn() {
        return new Access(kind, permission, factor, true, scope);
    }

    /** And also by an API key that carries {@code scope}; without this, API keys are refused. */
    public Access orKey(String scope) {
        return new Access(kind, permission, factor, recent, scope);
    }

    /** The kind of rule. */
    public Kind kind() {
        return kind;
    }

    /** The permission demanded, if any. */
    public Optional<String> permission() {
        return Optional.ofNullable(permission);
    }

    /** Whether a second factor must have been used in this session. */
    public boolean needsFactor() {
        return factor;
    }

    /** Whether the sign-in must be recent. */
    public boolean needsRecentSignIn() {
        return recent;
    }

    /** The scope with which an API key is let in, if keys are. */
    public Optional<String> keyScope() {
        return Optional.ofNullable(scope);
    }

    @Override
    public String toString() {
        return kind
                + (permission == null ? "" : " " + permission)
                + (factor ? " with factor" : "")
                + (recent ? " signed in recently" : "")
                + (scope == null ? "" : " or key " + scope);
    }
}
