// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import com.microsoft.playwright.Page;
import java.util.List;

/** What every page owes to people who do not see it (WCAG 2.2: 1.3.1, 2.4.1, 2.4.2, 2.4.6, 3.1.1, 3.3.2, 4.1.2). */
final class PageRules {

    private static final String BROKEN = """
            () => {
              const broken = [];
              const all = selector => [...document.querySelectorAll(selector)];
              const named = element => element.getAttribute('aria-label') || element.labels?.length
                  || element.textContent.trim() || element.getAttribute('aria-labelledby');
              if (document.documentElement.lang !== 'en') broken.push('no language');
              if (all('h1').length !== 1) broken.push(all('h1').length + ' h1');
              if (all('main').length !== 1) broken.push(all('main').length + ' main');
              if (!document.title.includes(document.querySelector('h1').textContent)) broken.push('title');
              let level = 1;
              for (const heading of all('h1, h2, h3')) {
                const now = Number(heading.tagName[1]);
                if (now > level + 1) broken.push('heading skipped: ' + heading.textContent);
                level = now;
              }
              const ids = all('[id]').map(element => element.id);
              for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) broken.push('twice: #' + id);
              for (const element of all('a, button, input:not([type=hidden]):not([hidden]), select, svg'))
                if (!named(element)) broken.push('no name: ' + element.outerHTML.slice(0, 120));
              for (const element of all('[aria-describedby], [aria-labelledby]'))
                for (const id of `${element.getAttribute('aria-describedby') || ''} ${
                    element.getAttribute('aria-labelledby') || ''}`.trim().split(/ +/))
                  if (!ids.includes(id)) broken.push('nothing has the id ' + id);
              for (const element of all('input:not([type=hidden]):not([type=checkbox]):not([type=number])'))
                if (!element.autocomplete && element.name !== 'q') broken.push('no autocomplete: ' + element.name);
              for (const element of all('[style], [onclick], script:not([src])')) broken.push('inline: ' + element.tagName);
              for (const element of all('nav')) if (!named(element)) broken.push('nav without a name');
              return broken;
            }
            """;

    private PageRules() {}

    /** What this page breaks. */
    @SuppressWarnings("unchecked")
    static List<String> broken(Page page) {
        return (List<String>) page.evaluate(BROKEN);
    }
}
