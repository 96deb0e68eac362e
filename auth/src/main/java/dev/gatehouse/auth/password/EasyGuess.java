// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a password is among the first that anybody tries: a common one, alone, cut short, twice over, with
 * digits and signs around it or in place of letters; a word of the context in the same disguises; a walk on the keyboard,
 * a sequence, something short over and over, or a date.
 */
final class EasyGuess {

    private static final int CUT = 7;
    private static final int SHORT = 4;

    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
    private static final Pattern DATE = Pattern.compile("(0[1-9]|[12]\\d|3[01])(0[1-9]|1[0-2])(19|20)\\d\\d"
            + "|(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(19|20)\\d\\d"
            + "|(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])");

    private static final String DISGUISE = "0134579@$!";
    private static final String LETTERS = "oieastgasi";

    private static final List<String> KEYS = List.of("1234567890", "qwertyuiop", "asdfghjkl;", "zxcvbnm,./");

    private EasyGuess() {}

    static boolean is(String text, Collection<String> context) {
        String lower = text.toLowerCase(Locale.ROOT);
        String digits = lower.replaceAll("[^0-9]", "");
        boolean allDigits = core(lower).isEmpty();
        return isWord(lower, context)
                || isSequence(lower)
                || isRepetition(lower, context)
                || isWalk(lower)
                || (allDigits && (isSequence(digits) || DATE.matcher(digits).matches()));
    }

    private static boolean isWord(String lower, Collection<String> context) {
        String core = core(lower);
        return CommonPasswords.contains(lower)
                || isListed(core, context)
                || isListed(plain(core), context)
                || isListed(plain(core.replace('1', 'l')), context)
                || isListed(core(plain(lower)), context);
    }

    private static boolean isListed(String word, Collection<String> context) {
        return !word.isEmpty()
                && (CommonPasswords.contains(word)
                        || (word.length() >= CUT && CommonPasswords.containsLonger(word))
                        || context.stream()
                                .anyMatch(near ->
                                        core(near.toLowerCase(Locale.ROOT)).equals(word)));
    }

    /** What is left when digits and signs are cut off both ends: people who must change a password add those. */
    private static String core(String word) {
        return AROUND.matcher(word).replaceAll("");
    }

    /** With letters for the digits and signs that stand for them. */
    private static String plain(String word) {
        StringBuilder plain = new StringBuilder(word);
        for (int i = 0; i < plain.length(); i++) {
            int at = DISGUISE.indexOf(plain.charAt(i));
            if (at >= 0) {
                plain.setCharAt(i, LETTERS.charAt(at));
            }
        }
        return plain.toString();
    }

    /** Whether each code point follows its neighbour by the same step of -1, 0 or 1. */
    private static boolean isSequence(String text) {
        int[] points = text.codePoints().toArray();
        if (points.length < 2 || Math.abs(points[1] - points[0]) > 1) {
            return false;
        }
        for (int i = 2; i < points.length; i++) {
            if (points[i] - points[i - 1] != points[1] - points[0]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRepetition(String text, Collection<String> context) {
        for (int length = 1; length <= text.length() / 2; length++) {
            String unit = text.substring(0, length);
            if (text.length() % length == 0
                    && unit.repeat(text.length() / length).equals(text)) {
                return length <= SHORT || isListed(core(unit), context);
            }
        }
        return false;
    }

    /** Whether nearly each key lies beside the one before; a jump back to the edge is allowed every fourth key. */
    private static boolean isWalk(String text) {
        int jumps = 0;
        for (int i = 1; i < text.length(); i++) {
            jumps += areNeighbours(text.charAt(i - 1), text.charAt(i)) ? 0 : 1;
        }
        return jumps <= text.length() / SHORT - 1;
    }

    private static boolean areNeighbours(char one, char other) {
        for (int row = 0; row < KEYS.size(); row++) {
            int column = KEYS.get(row).indexOf(one);
            if (column >= 0) {
                return isNear(row, column, other);
            }
        }
        return false;
    }

    private static boolean isNear(int row, int column, char other) {
        for (int near = Math.max(0, row - 1); near <= Math.min(KEYS.size() - 1, row + 1); near++) {
            int at = KEYS.get(near).indexOf(other);
            if (at >= 0) {
                return Math.abs(at - column) <= 1;
            }
        }
        return false;
    }
}
