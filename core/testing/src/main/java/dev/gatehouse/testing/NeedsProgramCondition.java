// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test whose program is missing and writes its name down, or fails it where everything is required. */
final class NeedsProgramCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = AnnotationSupport.findAnnotation(context.getElement(), NeedsProgram.class).stream()
                .flatMap(needs -> Arrays.stream(needs.value()))
                .filter(program -> !isInstalled(program))
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("every program is here");
        }
        String reason = context.getRequiredTestClass().getName() + " " + context.getDisplayName() + ": needs "
                + String.join(", ", missing);
        if ("true".equals(System.getenv("GATEHOUSE_REQUIRE_ALL"))) {
            throw new IllegalStateException(reason + ", and GATEHOUSE_REQUIRE_ALL is set");
        }
        writeDown(reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void writeDown(String reason) {
        String file = System.getProperty("gatehouse.skipped.file");
        if (file == null) {
            return;
        }
        try {
            Path path = Path.of(file);
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, reason + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
