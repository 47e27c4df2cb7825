#!/usr/bin/env python3
"""Planted breaches are found, and innocent look-alikes are left alone."""
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import house_rules  # noqa: E402


class HouseRules(unittest.TestCase):
    def check(self, path, text):
        """-> [(line, rule)] of one file placed in an empty tree."""
        with tempfile.TemporaryDirectory() as root:
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as f:
                f.write(text)
            breaches, self.notes = house_rules.check(root, [path])
        found = []
        for line in breaches:
            self.assertTrue(line.startswith(path + ":"), line)
            self.assertGreaterEqual(line.count("; "), 2, "what; why; what instead")
            found.append((int(line.split(":")[1]), line.rsplit("[", 1)[1].rstrip("]")))
        return found

    def assert_breaks(self, path, line, rule):
        self.assertEqual(self.check(path, "#pragma once\n" + line + "\n"), [(2, rule)], line)

    def assert_clean(self, path, text):
        self.assertEqual(self.check(path, text), [], text)

    def test_arrows_point_down_only(self):
        for path, include in [
            ("core/model/a.hpp", "core/ports/clock.hpp"),
            ("core/text/a.cpp", "core/async/run_on.hpp"),
            ("core/feeds/a.cpp", "core/transcripts/parse.hpp"),
            ("core/insights/a.cpp", "core/search/query.hpp"),
            ("core/search/a.cpp", "core/briefs/rank.hpp"),
            ("core/briefs/a.cpp", "core/commands/parse.hpp"),
            ("core/delivery/a.cpp", "core/briefs/rank.hpp"),
            ("core/briefs/a.cpp", "core/services/poller.hpp"),
            ("core/services/a.cpp", "adapters/http/client.hpp"),
            ("core/services/a.cpp", "bot/settings.hpp"),
            ("core/services/a.cpp", "tests/support/run.hpp"),
            ("core/cellar/a.cpp", "core/model/ids.hpp"),
            ("adapters/http/a.cpp", "adapters/sqlite/store.hpp"),
            ("adapters/http/a.cpp", "bot/app.hpp"),
            ("bot/cli/a.cpp", "tests/support/run.hpp"),
        ]:
            self.assert_breaks(path, '#include "%s"' % include, "rooms")

    def test_arrows_that_point_down_are_fine(self):
        for path, include in [
            ("core/text/a.cpp", "core/text/words.hpp"), ("core/text/a.cpp", "core/model/ids.hpp"),
            ("core/async/a.cpp", "core/ports/clock.hpp"), ("core/briefs/a.cpp", "core/search/query.hpp"),
            ("core/search/a.cpp", "core/insights/stance.hpp"),
            ("core/services/a.cpp", "core/commands/parse.hpp"),
            ("core/commands/a.cpp", "core/briefs/rank.hpp"), ("adapters/http/a.cpp", "core/text/words.hpp"),
            ("adapters/http/a.cpp", "adapters/http/b.hpp"), ("bot/app.cpp", "adapters/http/client.hpp"),
            ("tests/core/a.cpp", "adapters/http/client.hpp"), ("tests/core/a.cpp", "bot/app.hpp"),
        ]:
            self.assert_clean(path, '#include "%s"\n' % include)
        self.assert_clean("core/model/a.cpp", '// #include "bot/app.hpp"\n')

    def test_calls_outside_their_rooms(self):
        for line, rule in [
            ("auto t = std::chrono::system_clock::now();", "clock"), ("auto t = steady_clock :: now();", "clock"),
            ("auto t = high_resolution_clock::now();", "clock"), ("auto t = std::time(nullptr);", "clock"),
            ("std::random_device seed;", "random"), ("int x = rand();", "random"), ("std::srand(1);", "random"),
            ("std::this_thread::sleep_for(1s);", "sleep"), ("usleep(10);", "sleep"), ("::sleep(1);", "sleep"),
            ("getaddrinfo(host, nullptr, &hints, &found);", "resolve"), ("std::thread worker(run);", "thread"),
            ("std::jthread worker(run);", "thread"), ("asio::thread_pool pool(2);", "thread"),
            ("asio::co_spawn(ex, work(), asio::detached);", "detached"), ("co_spawn(ex, work(), detached);", "detached"),
            ("if (secret == given) return true;", "secret-compare"), ("if (*given != secret) return;", "secret-compare"),
            ("return signature_of(secret, at, body) == *signature;", "secret-compare"),
            ("if (mac(key_, payload) != state) return;", "secret-compare"),
        ]:
            self.assert_breaks("core/services/a.cpp", line, rule)
            self.assert_breaks("bot/a.cpp", line, rule)
            if rule != "detached":
                self.assert_clean("tests/core/a.cpp", line + "\n")

    def test_what_is_no_comparison_of_secrets(self):
        for line in ["if (signature == nullptr || signature->size() != signature_digits) return;",
                     "if (signature != Signature::good) return;", "if (secret.size() == 32 && n == secret.size()) {}",
                     "const bool same = crypto::equal_in_constant_time(*given, secret);", "if (machine == other) return;"]:
            self.assert_clean("adapters/slack/a.cpp", line + "\n")

    def test_calls_at_home(self):
        self.assert_clean("adapters/system/a.cpp", "auto t = std::chrono::steady_clock::now();\nstd::random_device d;\n")
        self.assert_clean("adapters/sqlite/a.cpp", "std::thread worker(run);\n")
        self.assert_clean("adapters/http/resolver.cpp", "getaddrinfo(a, b, c, d);\nasio::thread_pool pool(1);\n")
        self.assert_breaks("adapters/http/client.cpp", "asio::thread_pool pool(1);", "thread")
        self.assert_breaks("adapters/system/a.cpp", "co_spawn(ex, work(), asio::detached);", "detached")

    def test_innocent_look_alikes(self):
        for line in [
            "co_await clock.sleep_for(wait);", "clock->sleep(wait);", "int operand(int);", "strand(executor);",
            "auto brand(name);", "// system_clock::now is forbidden here", "/* rand() */ int x;",
            'log("calls rand() and sleep(1)");', 'auto s = R"(std::thread t; "quoted" rand())";', "char c = '\"'; int y;",
            "constexpr int big = 20'000; int z = 1'0;", "bool detached_ = false;", "std::this_thread::get_id();",
            "asio::this_coro::executor;", "void random_device_name();", "row.time(0);",
        ]:
            self.assert_clean("core/services/a.cpp", line + "\n")

    def test_code_after_a_literal_is_still_seen(self):
        for line in ['log("x"); rand();', "char c = '\\''; rand();", 'auto s = R"x()" )x"; rand();', "/* a */ rand();",
                     "int n = 20'000; rand();"]:
            self.assert_breaks("core/services/a.cpp", line, "random")

    def test_headers(self):
        self.assertEqual(self.check("core/text/a.hpp", "int x;\n"), [(1, "pragma-once")])
        for include in ["boost/beast/http.hpp", "boost/beast.hpp", "SQLiteCpp/Database.h", "nlohmann/json.hpp"]:
            self.assert_breaks("adapters/http/a.hpp", "#include <%s>" % include, "heavy-header")
            self.assert_clean("adapters/http/a.cpp", "#include <%s>\n" % include)
        self.assert_clean("adapters/http/a.hpp", "#pragma once\n#include <nlohmann/json_fwd.hpp>\n")
        self.assert_clean("adapters/http/a.hpp", "#pragma once\n#include <boost/beast/http/error.hpp>\n")

    def test_paths_of_one_machine(self):
        for folder in ["home/anna/x", "root/.cache", "tmp/x.db", "work/main"]:
            self.assertEqual(self.check("tests/a.py", "p = '/%s'\n" % folder), [(1, "machine-path")])
        for text in ["https://example.org/work/1", "../work/x", "framework/tmp/y", "$HOME/work/x", "~/work/x", "${top}/tmp/a"]:
            self.assert_clean("tests/a.py", text + "\n")
        self.assert_clean("tests/core/a.cpp", 'parse("file:///%s/ann/feed.xml");\n' % "home")
        self.assertEqual(self.check("core/feeds/a.cpp", 'open("/%s/ann/feed.xml");\n' % "home"), [(1, "machine-path")])

    def test_tabs_and_length(self):
        self.assertEqual(self.check("core/text/a.cpp", "int a;\n\tint b;\n"), [(2, "tab")])
        self.assert_clean("core/text/a.cpp", "int a;\n" * 451)
        self.assertEqual(len(self.notes), 1)

    def test_an_exception_needs_its_rule_and_a_reason(self):
        call = "std::thread t(run);  // house-rules: allow "
        self.assert_clean("bot/a.cpp", call + "thread because the old library insists\n")
        self.assert_breaks("bot/a.cpp", call + "thread", "thread")
        self.assert_breaks("bot/a.cpp", call + "clock because of the time", "thread")


if __name__ == "__main__":
    unittest.main()
