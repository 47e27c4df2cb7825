#include "bot/model_settings.hpp"

#include <gtest/gtest.h>

#include "tests/support/files.hpp"

namespace podbrief::bot {
namespace {

LoadedSettings parse(const std::string& toml, std::map<std::string, std::string> variables = {}) {
    const Environment environment = [&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    };
    return parse_settings(toml, "test.toml", "/data", environment);
}

std::vector<std::string> lines(const LoadedSettings& loaded) {
    std::vector<std::string> out;
    for (const SettingsProblem& problem : loaded.problems) out.push_back(to_string(problem));
    return out;
}

TEST(ModelSettings, TakeAServerOfOnesOwnWithoutKeyOrPrice) {
    const auto loaded =
        parse("[model]\nprovider = \"openai\"\nurl = \"http://127.0.0.1:8080/v1\"\nname = \"qwen3:8b\"\n");
    EXPECT_TRUE(loaded.problems.empty()) << lines(loaded).front();
    EXPECT_EQ(loaded.settings.model.provider, Settings::Model::Provider::openai);
    EXPECT_EQ(url_of(loaded.settings.model), "http://127.0.0.1:8080/v1");
}

TEST(ModelSettings, KnowWhereTheProvidersAre) {
    Settings::Model model;
    EXPECT_EQ(url_of(model), "");
    model.provider = Settings::Model::Provider::anthropic;
    EXPECT_EQ(url_of(model), "https://api.anthropic.com");
    model.provider = Settings::Model::Provider::ollama;
    EXPECT_EQ(url_of(model), "http://127.0.0.1:11434");
}

TEST(ModelSettings, TakePricesWithAndWithoutAPointAndTheKeyFromTheEnvironment) {
    const auto loaded = parse(
        "[model]\nprovider = \"anthropic\"\nname = \"claude\"\nprice_input = 3\nprice_output = 15.5\ndaily_ceiling = "
        "0.25\n",
        {{"PODBRIEF_MODEL_KEY", "sk-canary"}, {"PODBRIEF_MODEL_PRICE_INPUT", "2.5"}});
    EXPECT_TRUE(loaded.problems.empty()) << lines(loaded).front();
    EXPECT_EQ(loaded.settings.model.key, "sk-canary");
    EXPECT_EQ(loaded.settings.model.price_input, 2.5);
    EXPECT_EQ(loaded.settings.model.price_output, 15.5);
    EXPECT_EQ(loaded.settings.model.daily_ceiling, 0.25);
}

TEST(ModelSettings, SayWhatAPaidModelWants) {
    EXPECT_EQ(lines(parse("[model]\nprovider = \"anthropic\"\n")),
              (std::vector<std::string>{
                  "model: model.name is missing: give the name of a model that the server has, or set model.provider = "
                  "\"none\"",
                  "model: model.key is missing: set PODBRIEF_MODEL_KEY, or model.key_file to a file that holds the key",
                  "model: model.price_input and model.price_output are not both set, so model.daily_ceiling could not "
                  "hold: give what the provider charges for a million tokens",
              }));
}

TEST(ModelSettings, SayWhatDoesNotFitTogether) {
    const auto loaded = parse(
        "[model]\nprovider = \"ollama\"\nname = \"x\"\nwindow_tokens = 30000\ndeadline_s = 300\nepisode_deadline_s = "
        "60\n");
    ASSERT_EQ(loaded.problems.size(), 2u);
    EXPECT_EQ(loaded.problems[0].what, "model.episode_deadline_s is less than model.deadline_s");
    EXPECT_EQ(loaded.problems[1].remedy,
              "give at least 36000, or less for model.window_tokens or model.max_output_tokens");
}

TEST(ModelSettings, NameValuesOutOfRange) {
    const auto loaded = parse(
        "[model]\nprovider = \"gpt\"\nprice_input = -1\ndaily_ceiling = \"much\"\nname = \"two words\"\nurl = "
        "\"host\"\n");
    EXPECT_EQ(
        lines(loaded),
        (std::vector<std::string>{
            "test.toml:2: model.provider is \"gpt\": give one of \"none\", \"openai\", \"anthropic\", \"ollama\"",
            "test.toml:6: model.url is \"host\": give an address such as \"https://brief.example.org\", without a "
            "slash at its end",
            "test.toml:5: model.name is not that: give the model's name as its server knows it, at most 200 "
            "characters without spaces",
            "test.toml:3: model.price_input is -1, outside of that: give a number of money for a million tokens "
            "from 0 to 10000",
            "test.toml:4: model.daily_ceiling is not a number: give a number of money a day from 0 to 1000000",
        }));
}

TEST(ModelSettings, ReadPromptsFromAFolder) {
    const podbrief::testing::TemporaryFolder folder;
    const auto with = [&] { return parse("[model]\nprompts = \"" + folder.path().string() + "\"\n"); };
    for (const char* name : {"extract.txt", "repair.txt"}) {
        podbrief::testing::write_file(folder.path() / name, std::string("Mine: ") + name);
    }
    ASSERT_EQ(with().problems.size(), 1u);
    EXPECT_TRUE(with().problems[0].what.ends_with("choose.txt, which cannot be read or is empty"));
    podbrief::testing::write_file(folder.path() / "choose.txt", "bad \xFF");
    EXPECT_TRUE(with().problems[0].what.ends_with("longer than 64 KiB or not UTF-8"));
    podbrief::testing::write_file(folder.path() / "choose.txt", "Mine: choose.txt");
    ASSERT_TRUE(with().problems.empty());
    EXPECT_EQ(with().settings.model.prompts.extract, "Mine: extract.txt");
    EXPECT_EQ(with().settings.model.prompts.choose, "Mine: choose.txt");
}

TEST(ModelSettings, AreOnesThatTheirPromptsFollow) {
    const auto loaded =
        parse("[model]\nprompts = \"" + (testing::source_folder() / "config/prompts").string() + "\"\n");
    ASSERT_TRUE(loaded.problems.empty());
    EXPECT_EQ(loaded.settings.model.prompts.repair, insights::default_prompts().repair);
}

}  // namespace
}  // namespace podbrief::bot
