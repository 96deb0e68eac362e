// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the tables of variables and of refusals for documentation. */
final class Markdown {

    private Markdown() {}

    static String of(Definition<?> definition) {
        String variables = definition.variables().map(Markdown::row).collect(Collectors.joining());
        String refusals = definition
                .variables()
                .flatMap(variable -> Refusals.possible(variable).stream()
                        .map(kind -> row(code(variable.refusal(kind)), code(variable.name()) + " " + kind.rule())))
                .collect(Collectors.joining());
        String named = definition.refusals().stream()
                .map(refusal -> row(code(refusal.name()), refusal.rule()))
                .collect(Collectors.joining());
        return row("variable", "type", "default", "rules", "meaning") + "| --- | --- | --- | --- | --- |\n" + variables
                + "\n" + row("refused in production, unless allowed by", "because") + "| --- | --- |\n" + refusals
                + named;
    }

    private static String row(Variable variable) {
        Setting setting = variable.setting();
        String name = code(variable.name()) + (variable.secret() ? ", " + code(variable.name() + Variable.FILE) : "");
        return row(name, type(variable), byDefault(variable), rules(setting), setting.doc());
    }

    private static String byDefault(Variable variable) {
        if (variable.required()) {
            return "required";
        }
        String text = variable.setting().byDefault();
        return text.isEmpty() ? "none" : code(variable.secret() ? Redaction.HIDDEN : text);
    }

    private static String type(Variable variable) {
        Class<?> type = variable.type();
        String one = Optional.ofNullable(type.getEnumConstants())
                .map(constants ->
                        List.of(constants).stream().map(Parsers::spelling).collect(Collectors.joining(" or ")))
                .orElse(Variable.conventional(type.getSimpleName())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '));
        return variable.form() == Variable.Form.LIST ? "list of " + one : one;
    }

    private static String rules(Setting setting) {
        List<String> rules = new ArrayList<>();
        add(rules, "at least ", setting.min());
        add(rules, "at most ", setting.max());
        add(rules, "length at least ", setting.minLength() == 0 ? "" : String.valueOf(setting.minLength()));
        add(rules, "matches ", setting.pattern().isEmpty() ? "" : code(setting.pattern()));
        add(rules, "", setting.base64() ? "Base64" : "");
        add(rules, "", setting.setInProduction() ? "set in production" : "");
        return String.join(", ", rules);
    }

    private static void add(List<String> rules, String words, String value) {
        if (!value.isEmpty()) {
            rules.add(words + value);
        }
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String row(String... cells) {
        return List.of(cells).stream()
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
