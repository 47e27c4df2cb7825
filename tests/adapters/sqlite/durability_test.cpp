// What was acknowledged is there: after a restart, after kill -9, without a log.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <set>

#include "core/ports/random.hpp"
#include "tests/adapters/sqlite/support.hpp"

namespace podbrief::testing {
namespace {

constexpr auto child_file = "PODBRIEF_TEST_DATABASE";

std::string name_of(int number) {
    return "reader " + std::to_string(number);
}

Reader reader_number(int number) {
    Reader reader = sample_reader(name_of(number));
    reader.profile.persons = {std::string(static_cast<std::size_t>(number % 7) * 1500, 'x')};
    return reader;
}

asio::awaitable<void> write_and_acknowledge(ReaderStore& readers, int first, int step) {
    for (int number = first;; number += step) {
        Reader reader = reader_number(number);
        co_await readers.save(std::move(reader));
        if (::write(STDOUT_FILENO, &number, sizeof number) != sizeof number) co_return;  // the parent is gone
    }
}

// Not a test of its own: what the killed process does.
TEST(TheChildOfADurabilityTest, DISABLED_WritesUntilItIsKilled) {
    const char* file = std::getenv(child_file);
    ASSERT_NE(file, nullptr) << "run by another test only";
    asio::io_context context;
    Database::Options options;
    options.path = file;
    const auto database = Database::open(context.get_executor(), options);
    const int known = static_cast<int>(run(context, database->readers().readers()).size());
    context.restart();
    constexpr int writers = 4;
    ASSERT_EQ(::write(STDOUT_FILENO, "\n@", 2), 2);  // numbers from here on
    for (int i = 0; i < writers; ++i) {
        asio::co_spawn(context, write_and_acknowledge(database->readers(), known + i, writers),
                       [](std::exception_ptr) {});
    }
    context.run();
}

class Durability : public SqliteTest {
protected:
    // Runs the child and kills it after that many acknowledgements; returns the numbers that were acknowledged.
    std::vector<int> write_and_kill(std::uint64_t acknowledgements) {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        const std::string variable = std::string(child_file) + "=" + file.string();
        const pid_t child = ::fork();
        if (child == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::putenv(const_cast<char*>(variable.c_str()));
            ::execl("/proc/self/exe", "child", "--gtest_also_run_disabled_tests", "--gtest_brief=1",
                    "--gtest_filter=TheChildOfADurabilityTest.*", nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        std::vector<int> numbers;
        int number = 0;
        skip_heading(ends[0]);
        const auto next = [&] { return ::read(ends[0], &number, sizeof number) == sizeof number; };
        while (numbers.size() < acknowledgements && next()) numbers.push_back(number);
        ::kill(child, SIGKILL);
        while (next()) numbers.push_back(number);  // said before it died
        ::close(ends[0]);
        ::waitpid(child, nullptr, 0);
        EXPECT_GE(numbers.size(), acknowledgements) << "the child ended by itself";
        return numbers;
    }

private:
    // GoogleTest says a few lines before the test begins.
    static void skip_heading(int descriptor) {
        char c = 0;
        std::string line;
        while (::read(descriptor, &c, 1) == 1) {
            line += c;
            if (c == '\n') line.clear();
            if (line == "@") return;
        }
    }
};

TEST_F(Durability, WhatWasWrittenIsThereAfterARestart) {
    const Episode episode = identified(sample_episode("e1", noon)).episode;
    Reader anna;
    ExtractionSaved saved;
    {
        const auto database = open();
        FeedUpdate update;
        update.podcast = get(database->library().add_podcast(sample_podcast("https://a.example"), {})).id;
        update.added = {identified(episode)};
        Extraction extraction;
        extraction.episode = get(database->library().apply(update)).at(0).id;
        extraction.transcript = sample_transcript("h1");
        extraction.insights = {sample_insight("one")};
        saved = get(database->library().save(extraction));
        anna = get(database->readers().save(sample_reader("anna")));
    }
    const auto database = open();
    EXPECT_EQ(get(database->readers().reader_named("anna")), anna);
    EXPECT_EQ(get(database->library().insights_since({}, 10)), saved.insights);
    EXPECT_EQ(get(database->library().changes_since(0, 10)).size(), 1U);
}

TEST_F(Durability, ClosingLeavesNoLogBehind) {
    get(open()->readers().save(sample_reader("anna")));
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
    get(open(false)->readers().save(sample_reader("bo")));  // a guest that is alone too
    EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
    EXPECT_EQ(get(open()->readers().readers()).size(), 2U);
}

TEST_F(Durability, ClosingFinishesTheWritesThatWereBegun) {
    auto database = open();
    std::vector<std::exception_ptr> outcomes;
    context.restart();
    for (int i = 0; i < 50; ++i) {
        asio::co_spawn(context, database->readers().save(reader_number(i)),
                       [&](std::exception_ptr failure, const Reader&) { outcomes.push_back(failure); });
    }
    context.poll();
    database.reset();
    context.run_for(patience);
    EXPECT_EQ(outcomes, std::vector<std::exception_ptr>(50));
    EXPECT_EQ(get(open()->readers().readers()).size(), 50U);
}

TEST_F(Durability, KillingTheProcessAmongWritesLosesNothingThatWasAcknowledged) {
    Random random(20260302);
    std::set<std::string> acknowledged;
    for (int round = 0; round < 6; ++round) {
        for (const int number : write_and_kill(1 + random.below(60))) acknowledged.insert(name_of(number));
        const auto database = open();
        EXPECT_NO_THROW(get(database->check()));
        std::set<std::string> stored;
        for (const Reader& reader : get(database->readers().readers())) {
            stored.insert(reader.name);
            const Reader expected = reader_number(std::stoi(reader.name.substr(7)));
            EXPECT_EQ(reader.profile, expected.profile) << reader.name;
        }
        for (const std::string& name : acknowledged) EXPECT_TRUE(stored.contains(name)) << name << ", round " << round;
        EXPECT_LE(stored.size(), acknowledged.size() + 4U * static_cast<unsigned>(round + 1));
    }
}

TEST_F(Durability, ALostLogCostsItsWritesButNotTheDatabase) {
    get(open()->readers().save(sample_reader("anna")));
    write_and_kill(20);
    ASSERT_TRUE(std::filesystem::remove(file.string() + "-wal"));
    const auto database = open();
    EXPECT_NO_THROW(get(database->check()));
    EXPECT_TRUE(get(database->readers().reader_named("anna")));
}

TEST_F(Durability, AnotherProgramThatKeepsTheLockIsReportedAndDoesNoHarm) {
    const auto database = open(true, 2, Millis{20});
    RawConnection other(file);
    other.execute("BEGIN IMMEDIATE");
    const StoreFailure failure = failure_of([&] { get(database->readers().save(sample_reader("anna"))); });
    EXPECT_EQ(failure.kind(), StoreFailure::Kind::in_use);
    EXPECT_TRUE(get(database->readers().readers()).empty());  // reading goes on
    other.execute("COMMIT");
    EXPECT_TRUE(get(database->readers().save(sample_reader("anna"))).id);
}

}  // namespace
}  // namespace podbrief::testing
