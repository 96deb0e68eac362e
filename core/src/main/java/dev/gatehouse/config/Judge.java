// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Notes what production refuses, and makes a problem of what is not allowed by name. */
final class Judge {

    private final Profile profile;
    private final String allowVariable;
    private final Set<String> allowed;
    private final List<ConfigProblem> problems;
    private final List<String> refused = new ArrayList<>();

    Judge(Profile profile, String allowVariable, Set<String> allowed, List<ConfigProblem> problems) {
        this.profile = profile;
        this.allowVariable = allowVariable;
        this.allowed = allowed;
        this.problems = problems;
    }

    /** Every refusal that befell a value, by name, whether or not it stopped anything. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    void unset(Variable variable) {
        if (Refusals.possible(variable).contains(Refusal.UNSET)
                && variable.setting().byDefault().isEmpty()) {
            refuse(variable, Optional.empty(), Refusal.UNSET);
        }
    }

    void value(Variable variable, String text, boolean setByOperator) {
        Refusals.of(variable, text, setByOperator)
                .forEach(kind -> refuse(variable, Optional.of(Redaction.show(variable, text)), kind));
    }

    void named(String refusal, String rule) {
        note(refusal, new ConfigProblem(refusal, Optional.empty(), rule, permission(refusal)));
    }

    private void refuse(Variable variable, Optional<String> shown, Refusal kind) {
        String name = variable.refusal(kind);
        String own = variable.setting().hint();
        String hint = own.isEmpty() ? permission(name) : own + "; " + permission(name);
        note(name, new ConfigProblem(variable.name(), shown, kind.rule(), hint));
    }

    private void note(String refusal, ConfigProblem problem) {
        refused.add(refusal);
        if (profile == Profile.PRODUCTION && !allowed.contains(refusal)) {
            problems.add(problem);
        }
    }

    private String permission(String refusal) {
        return "or allow it by name: " + allowVariable + "=" + refusal;
    }
}
