// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.util.concurrent.Callable;

/**
 * A probe of the running application that answers for one requirement. Several checks may answer for the same one; the
 * worst finding counts. A check that cannot fail is a defect.
 *
 * @param requirement the requirement's ID in the catalogue, such as {@code A1}
 * @param name what is checked, for people
 * @param probe finds out; what it throws becomes an unknown finding
 */
public record ReadinessCheck(String requirement, String name, Callable<Finding> probe) {}
