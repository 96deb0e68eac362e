// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.spring;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a Spring team assembles by hand for the same promises: sessions, limits, metrics, tracing, an access log. */
@SpringBootApplication
@RestController
public class SpringPeer {

    public static void main(String[] args) {
        SpringApplication.run(SpringPeer.class, args);
    }

    @GetMapping("/api/ping")
    Map<String, Object> ping() {
        return Map.of("status", "ok", "items", 3);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable())
                .addFilterAfter(new LimitFilter(), AuthorizationFilter.class)
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada").password("{noop}benchmark").roles("USER").build());
    }
}
