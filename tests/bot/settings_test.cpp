#include "bot/settings.hpp"

#include <gtest/gtest.h>

#include "tests/support/files.hpp"

namespace podbrief::bot {
namespace {

Environment no_environment() {
    return [](const std::string&) { return std::nullopt; };
}

Environment environment(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
        const auto it = variables.find(name);
        if (it == variables.end()) return std::nullopt;
        return it->second;
    };
}

LoadedSettings parse(std::string_view toml) {
    return parse_settings(toml, "test.toml", "/data", no_environment());
}

TEST(Settings, AreTheDefaultsWithoutAFile) {
    const auto loaded = load_settings("", "/data", no_environment());
    ASSERT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings.store.path, "/data/podbrief.db");
    EXPECT_EQ(loaded.settings.polling.interval, std::chrono::minutes(30));
    EXPECT_TRUE(loaded.settings.network.allow.empty());
}

TEST(Settings, TakeWhatTheFileSays) {
    const auto loaded = parse(R"(
[network]
allow = ["127.0.0.0/8", "10.1.0.0/16"]
[polling]
interval_s = 60
[log]
level = "debug"
format = "json"
)");
    ASSERT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings.network.allow, std::vector<std::string>({"127.0.0.0/8", "10.1.0.0/16"}));
    EXPECT_EQ(loaded.settings.polling.interval, std::chrono::seconds(60));
    EXPECT_EQ(loaded.settings.log.level, LogLevel::debug);
    EXPECT_TRUE(loaded.settings.log.json);
}

TEST(Settings, TellEveryMistakeAtOnceWithLineValueAndRemedy) {
    const auto loaded = parse(R"([polling]
intervall_s = 60
parallel = 1000
[log]
level = "loud"
[network]
allow = "127.0.0.1"
)");
    std::vector<std::string> lines;
    for (const auto& problem : loaded.problems) lines.push_back(to_string(problem));
    EXPECT_EQ(lines, std::vector<std::string>({
                         "test.toml:2: unknown key polling.intervall_s: did you mean polling.interval_s?",
                         "test.toml:7: network.allow is not a list of texts: give a list of networks such as "
                         "[\"127.0.0.0/8\"]",
                         "test.toml:3: polling.parallel is 1000, outside of that: give a whole number of feeds from 1 "
                         "to 64",
                         "test.toml:5: log.level is \"loud\": give one of \"debug\", \"info\", \"warning\", \"error\"",
                     }));
}

TEST(Settings, SayWhereAFileIsNotToml) {
    const auto loaded = parse("[polling]\ninterval_s = = 3\n");
    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_EQ(loaded.problems[0].where, "test.toml:2");
    EXPECT_TRUE(loaded.problems[0].what.starts_with("not valid TOML"));
}

TEST(Settings, LetTheEnvironmentHaveTheLastWord) {
    const auto variables = environment({{"PODBRIEF_POLLING_INTERVAL_S", "90"},
                                        {"PODBRIEF_NETWORK_ALLOW", "127.0.0.0/8,::1/128"},
                                        {"PODBRIEF_STORE_PATH", "/srv/a \"b\".db"}});
    const auto loaded = parse_settings("[polling]\ninterval_s = 60\n", "test.toml", "/data", variables);
    ASSERT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings.polling.interval, std::chrono::seconds(90));
    EXPECT_EQ(loaded.settings.network.allow, std::vector<std::string>({"127.0.0.0/8", "::1/128"}));
    EXPECT_EQ(loaded.settings.store.path, "/srv/a \"b\".db");
}

TEST(Settings, NameTheVariableThatIsWrong) {
    const auto loaded = parse_settings("", "", "/data", environment({{"PODBRIEF_INSIGHTS_PER_EPISODE", "a dozen"}}));
    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_EQ(
        to_string(loaded.problems[0]),
        "environment: PODBRIEF_INSIGHTS_PER_EPISODE cannot be read: give a whole number of insights from 1 to 50");
}

TEST(Settings, RefuseAFileThatCannotBeRead) {
    const auto loaded = load_settings("/no/such/file.toml", "/data", no_environment());
    ASSERT_EQ(loaded.problems.size(), 1u);
    EXPECT_EQ(loaded.problems[0].where, "/no/such/file.toml");
}

TEST(Settings, HaveAnExampleFileWithEveryKeyAndItsDefault) {
    const auto example = testing::read_file(testing::source_folder() / "config/podbrief.example.toml");
    const auto loaded = parse_settings(example, "podbrief.example.toml", "/data", no_environment());
    for (const auto& problem : loaded.problems) ADD_FAILURE() << to_string(problem);
    for (const auto& key : settings_keys()) {
        const std::string name = key.substr(key.find('.') + 1);
        EXPECT_TRUE(example.find("\n" + name + " = ") != std::string::npos ||
                    example.find("\n# " + name + " = ") != std::string::npos)
            << key << " is missing in the example file";
    }
    const Settings defaults;
    EXPECT_EQ(loaded.settings.network.user_agent, defaults.network.user_agent);
    EXPECT_EQ(loaded.settings.network.deadline, defaults.network.deadline);
    EXPECT_EQ(loaded.settings.network.max_body_mib, defaults.network.max_body_mib);
    EXPECT_EQ(loaded.settings.polling.interval, defaults.polling.interval);
    EXPECT_EQ(loaded.settings.polling.parallel, defaults.polling.parallel);
    EXPECT_EQ(loaded.settings.polling.first_episodes, defaults.polling.first_episodes);
    EXPECT_EQ(loaded.settings.transcripts.wait, defaults.transcripts.wait);
    EXPECT_EQ(loaded.settings.transcripts.parallel, defaults.transcripts.parallel);
    EXPECT_EQ(loaded.settings.insights.per_episode, defaults.insights.per_episode);
    EXPECT_EQ(loaded.settings.server.listen, defaults.server.listen);
    const Settings::Model& model = loaded.settings.model;
    EXPECT_EQ(model.provider, defaults.model.provider);
    EXPECT_EQ(model.deadline, defaults.model.deadline);
    EXPECT_EQ(model.episode_deadline, defaults.model.episode_deadline);
    EXPECT_EQ(model.window_tokens, defaults.model.window_tokens);
    EXPECT_EQ(model.episode_windows, defaults.model.episode_windows);
    EXPECT_EQ(model.max_output_tokens, defaults.model.max_output_tokens);
    EXPECT_EQ(model.context_tokens, defaults.model.context_tokens);
    EXPECT_EQ(model.daily_ceiling, defaults.model.daily_ceiling);
    EXPECT_EQ(model.daily_tokens, defaults.model.daily_tokens);
    EXPECT_EQ(model.price_input, defaults.model.price_input);
    const Settings::Transcription& audio = loaded.settings.transcription;
    EXPECT_EQ(audio.provider, defaults.transcription.provider);
    EXPECT_EQ(audio.wait, defaults.transcription.wait);
    EXPECT_EQ(audio.deadline, defaults.transcription.deadline);
    EXPECT_EQ(audio.daily_minutes, defaults.transcription.daily_minutes);
    EXPECT_EQ(audio.daily_ceiling, defaults.transcription.daily_ceiling);
    EXPECT_EQ(audio.max_audio_mib, defaults.transcription.max_audio_mib);
    EXPECT_EQ(audio.ffmpeg, defaults.transcription.ffmpeg);
    const Settings::Embeddings& embeddings = loaded.settings.embeddings;
    EXPECT_EQ(embeddings.provider, defaults.embeddings.provider);
    EXPECT_EQ(embeddings.dimension, defaults.embeddings.dimension);
    EXPECT_EQ(embeddings.batch, defaults.embeddings.batch);
    EXPECT_EQ(embeddings.deadline, defaults.embeddings.deadline);
    EXPECT_EQ(embeddings.query_deadline, defaults.embeddings.query_deadline);
    EXPECT_EQ(embeddings.daily_ceiling, defaults.embeddings.daily_ceiling);
    EXPECT_EQ(embeddings.daily_tokens, defaults.embeddings.daily_tokens);
}

TEST(DataFolder, IsTheFirstOfTheUsualPlaces) {
    EXPECT_EQ(default_data_dir(environment({{"PODBRIEF_DATA_DIR", "/a"}, {"HOME", "/h"}})), "/a");
    EXPECT_EQ(default_data_dir(environment({{"XDG_DATA_HOME", "/x"}, {"HOME", "/h"}})), "/x/podbrief");
    EXPECT_EQ(default_data_dir(environment({{"HOME", "/h"}})), "/h/.local/share/podbrief");
}

TEST(Settings, TakeSecretsFromFilesOfTheirOwnAndNeverRepeatThem) {
    const podbrief::testing::TemporaryFolder folder;
    podbrief::testing::write_file(folder.path() / "token", "  123:secret-canary \n");
    const auto loaded = parse("[telegram]\ntoken_file = \"" + (folder.path() / "token").string() +
                              "\"\n[slack]\nbot_token = \"xoxb canary\"\n[secrets]\nkeys = [\"c0ffee\"]\n");
    EXPECT_EQ(loaded.settings.telegram.token, "123:secret-canary");
    ASSERT_EQ(loaded.problems.size(), 2U);
    for (const auto& problem : loaded.problems) {
        EXPECT_EQ(to_string(problem).find("canary"), std::string::npos) << to_string(problem);
        EXPECT_EQ(to_string(problem).find("c0ffee"), std::string::npos) << to_string(problem);
    }
}

TEST(Settings, TellHowMuchOfTheWebPagesOneAddressMayAskFor) {
    const auto loaded = parse("[web]\nrequests_per_s = 2.5\nburst = 7\npage_cache_mib = 8\ndeadline_s = 2\n");
    ASSERT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings.web.requests_per_s, 2.5);
    EXPECT_EQ(loaded.settings.web.burst, 7);
    EXPECT_EQ(loaded.settings.web.page_cache_mib, 8U);
    EXPECT_EQ(loaded.settings.web.deadline, std::chrono::seconds(2));
    for (const char* wrong : {"requests_per_s = -1", "burst = 0", "page_cache_mib = 0", "deadline_s = 0"}) {
        EXPECT_EQ(parse(std::string("[web]\n") + wrong + "\n").problems.size(), 1U) << wrong;
    }
}

}  // namespace
}  // namespace podbrief::bot
