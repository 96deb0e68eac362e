// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What production refuses in one value: pure functions of the variable and its text. */
final class Refusals {

    private static final int SHORTEST_SECRET = 12;

    private static final Pattern DEBUG_FLAG = Pattern.compile("(^|_)(DEBUG|TRACE|INSECURE|DEV|DEVELOPMENT)(_|$)");
    private static final Pattern LOG_LEVEL = Pattern.compile("(^|_)(LOG|LOGGING|LEVEL)(_|$)");
    private static final Pattern DEBUG_LEVEL = Pattern.compile("(?i)debug|trace|all|finest");
    private static final Pattern PLAIN_URL = Pattern.compile("(?i)(http|ws|ftp):.*");
    private static final Pattern SANDBOX = Pattern.compile("(?i)(^|.*[^a-z])sandbox([^a-z].*|$)");
    private static final Pattern TEST_KEY = Pattern.compile("(?i)((sk|pk|rk|key|whsec|api)_)?test[_-].+|.*_test_.+");

    private Refusals() {}

    /** The refusals that can ever befall this variable. */
    static Set<Refusal> possible(Variable variable) {
        Set<Refusal> kinds = EnumSet.noneOf(Refusal.class);
        if (variable.setting().setInProduction()) {
            kinds.add(Refusal.UNSET);
        }
        if (variable.secret()) {
            kinds.addAll(EnumSet.of(Refusal.DEFAULT, Refusal.SHORT, Refusal.SANDBOX));
        } else if (variable.type() == URI.class || variable.type() == String.class) {
            kinds.addAll(EnumSet.of(Refusal.LOOPBACK, Refusal.HTTP, Refusal.SANDBOX));
        }
        if (isDebugFlag(variable) || isLogLevel(variable)) {
            kinds.add(Refusal.DEBUG);
        }
        Arrays.asList(variable.setting().permits()).forEach(kinds::remove);
        return kinds;
    }

    /** The refusals that befall this value. */
    static Set<Refusal> of(Variable variable, String text, boolean setByOperator) {
        Set<Refusal> kinds = EnumSet.copyOf(EnumSet.allOf(Refusal.class));
        kinds.retainAll(possible(variable));
        kinds.removeIf(kind -> !applies(kind, variable, text, setByOperator));
        return kinds;
    }

    private static boolean applies(Refusal kind, Variable variable, String text, boolean setByOperator) {
        return switch (kind) {
            case UNSET -> !setByOperator;
            case LOOPBACK -> items(variable, text).anyMatch(Refusals::isLoopback);
            case HTTP ->
                items(variable, text).anyMatch(item -> PLAIN_URL.matcher(item).matches());
            case SANDBOX -> items(variable, text).anyMatch(item -> isSandbox(variable, item));
            case DEFAULT -> !setByOperator || WeakSecrets.isDefault(text);
            case SHORT -> items(variable, text).anyMatch(item -> length(variable, item) < SHORTEST_SECRET);
            case DEBUG ->
                isDebugFlag(variable)
                        ? text.equals("true")
                        : DEBUG_LEVEL.matcher(text).matches();
        };
    }

    private static Stream<String> items(Variable variable, String text) {
        return variable.form() == Variable.Form.LIST
                ? Arrays.stream(text.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty())
                : Stream.of(text);
    }

    private static boolean isLoopback(String text) {
        return Hosts.isLoopback(text) || Hosts.urlNamesLoopback(text);
    }

    private static boolean isSandbox(Variable variable, String text) {
        return SANDBOX.matcher(text).matches()
                || (variable.secret() && TEST_KEY.matcher(text).matches());
    }

    private static int length(Variable variable, String text) {
        return variable.setting().base64()
                ? text.replace("=", "").length() * 3 / 4
                : Secret.of(text).length();
    }

    private static boolean isDebugFlag(Variable variable) {
        boolean flag = variable.type() == boolean.class || variable.type() == Boolean.class;
        return flag && DEBUG_FLAG.matcher(name(variable)).find();
    }

    private static boolean isLogLevel(Variable variable) {
        boolean words = variable.type() == String.class || variable.type().isEnum();
        return words && LOG_LEVEL.matcher(name(variable)).find();
    }

    private static String name(Variable variable) {
        return variable.shortName().toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
