// SPDX-License-Identifier: Apache-2.0
/** The pipeline in front of a Jakarta Servlet application: Jetty, Tomcat, Spring MVC, Javalin. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.http.servlet;
