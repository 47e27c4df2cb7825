#include "core/insights/style.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/insights/names.hpp"
#include "tests/support/files.hpp"

namespace podbrief::insights {
namespace {

TEST(StyleGate, NamesWhatKeepsATextFromBeingAnInsight) {
    const std::string tail =
        " That moves the bottleneck from training to inference, where memory bandwidth and power decide the price.";
    const struct {
        std::string_view gate;
        std::string first;
    } cases[] = {
        {gate::none, "Cheap tokens make long reasoning affordable for small companies."},
        {gate::none, "The price of tokens falls by half each year."},
        {gate::none, "The US ban on chips changed the plans of every vendor."},
        {gate::none, "Even if tokens are cheap, long reasoning stays expensive for small companies."},
        {gate::none, "U.S. vendors cut the price of tokens by 50 percent."},
        {gate::dangling_start, "The bill regulates not just large models, but also small companies."},
        {gate::dangling_start, "It makes long reasoning affordable for small companies."},
        {gate::dangling_start, "This makes long reasoning affordable for small companies."},
        {gate::dangling_start, "Which makes long reasoning affordable for small companies."},
        {gate::dangling_start, "And that is why long reasoning is affordable for small companies."},
        {gate::dangling_start, "Because tokens are cheap, long reasoning is affordable."},
        {gate::dangling_start, "If tokens are cheap for small companies."},
        {gate::dangling_reference, "Token prices fell because he cut the budget of inference."},
        {gate::dangling_reference, "In this world tokens make reasoning affordable for small companies."},
        {gate::question, "Do cheap tokens make long reasoning affordable for small companies?"},
        {gate::chatter, "In this episode tokens make long reasoning affordable for small companies."},
        {gate::chatter, "Thanks to tokens long reasoning is affordable for small companies, welcome."},
        {gate::first_person, "Cheap tokens make my long reasoning affordable."},
        {gate::first_person, "We make long reasoning affordable for small companies."},
        {gate::first_person, "Cheap tokens make our framework affordable for small companies."},
        {gate::first_person, "With cheap tokens we built long reasoning for small companies."},
        {gate::none, "Cheap tokens change our lives as much as cheap power did."},
        {gate::second_person, "With cheap tokens you've built long reasoning for companies."},
        {gate::second_person, "You pay for tokens that make long reasoning affordable."},
        {gate::instruction, "With cheap tokens you should make long reasoning affordable."},
        {gate::broken, "Cheap tokens make because of the we're using long reasoning affordable."},
        {gate::no_verb, "Store the cheap tokens in a database for long reasoning."},
        {gate::dangling_start, "Second, cheap tokens make long reasoning affordable."},
        {gate::dangling_reference, "Cheap tokens from this vendor make long reasoning affordable."},
        {gate::dangling_reference, "Of all the tokens the more interesting one is cheap."},
        {gate::reported, "Vendors of cheap tokens say \"Oh, long reasoning is affordable for companies.\""},
        {gate::chatter, "Cheap tokens are the topic of a talk to tune in for."},
        {gate::second_person, "As the tokens you mentioned fall, reasoning is affordable for companies."},
        {gate::instruction, "Think about tokens that make long reasoning affordable."},
        {gate::informal, "Cheap tokens are gonna make long reasoning affordable."},
        {gate::link, "Cheap tokens from example.com make long reasoning affordable."},
        {gate::unfinished, "Cheap tokens make long \"reasoning affordable for companies."},
        {gate::unfinished, "Cheap tokens, as Sam said, \"make long reasoning affordable for companies, \"."},
        {gate::no_verb, "The fact that cheap tokens, in reasoning models, will change budgets of companies."},
        {gate::no_verb, "The fact that cheap tokens change budgets, and so companies need to wait."},
        {gate::none, "The fact that tokens are cheap means that small companies can afford to reason."},
        {gate::first_person, "Cheap tokens are why we believe in long reasoning for companies."},
        {gate::first_person, "With cheap tokens, companies see that we'll release long reasoning."},
        {gate::none, "Cheap tokens mean that by 2030 we'll need a power plant for each data center."},
        {gate::list, "With cheap tokens there's the reasoning of companies, there's the budget of vendors."},
        {gate::chatter, "Tokens, for those of you in the room, make long reasoning affordable."},
        {gate::chatter, "Tokens, if people aren't aware, make long reasoning affordable for companies."},
        {gate::chatter, "Cheap tokens, which are two weeks old as we record, make reasoning affordable."},
        {gate::informal, "Cheap tokens make reasoning, search, etc, coding, etc, affordable for companies."},
        {gate::broken, "For a simple use case like the price of tokens, yes."},
        {gate::broken, "Cheap tokens are sold by vendors, which - they make long reasoning affordable."},
        {gate::unfinished, "Companies learn what the cheap tokens of large vendors are."},
        {gate::dangling_start, "Versus vendors of cheap tokens, who make long reasoning affordable."},
        {gate::dangling_start, "Maybe not in the case of cheap tokens, but companies can afford reasoning."},
        {gate::dangling_start, "To be able to buy cheap tokens, companies wait for long reasoning."},
        {gate::dangling_start, "An example, cheap tokens that are used by companies are sold by vendors."},
        {gate::dangling_reference, "The only way companies are able to align that is to buy cheap tokens."},
        {gate::none, "To use large budgets well, the only way for companies to do that is to buy tokens."},
        {gate::none, "Companies use more tokens, because it's that much cheaper to buy a token."},
        {gate::none, "There is this dynamic where companies reason more as soon as a token gets cheaper."},
        {gate::dangling_reference, "There is a dynamic in this case of tokens."},
        {gate::dangling_reference, "From the side of the vendors of tokens, it's the budget of companies."},
        {gate::none, "As soon as companies get cheap tokens, it triggers a rush of reasoning."},
        {gate::none, "In most companies, it takes a budget to reason with tokens at length."},
        {gate::second_person, "What you've just described is the price of cheap tokens for companies."},
        {gate::none, "Cheap tokens are better than if you've just trained a model for companies."},
        {gate::none, "What you've got in cheap tokens is long reasoning for small companies."},
        {gate::dangling_start, "The reason being cheap tokens make reasoning affordable for companies."},
        {gate::broken, "Cheap tokens are built are sold to small companies by vendors."},
        {gate::none, "Tokens that are discounted are sold to small companies by vendors."},
        {gate::dangling_start, "The first real limitation is the price of tokens for companies."},
        {gate::dangling_start, "A second level is the price of tokens for companies."},
        {gate::none, "The first data center of the country took a year, because tokens were cheap."},
        {gate::unfinished, "Cheap tokens are what small companies end up being able to."},
        {gate::dangling_reference, "There was a challenge in terms of keeping them as cheap as tokens."},
        {gate::dangling_reference, "As far as the price of tokens is concerned, it's not the lowest."},
        {gate::instruction, "Just to quickly recap, cheap tokens make long reasoning affordable."},
        {gate::instruction, "Cheap tokens tempt companies, but don't allow vendors to set the price of them."},
        {gate::chatter, "If you're not familiar with tokens, cheap ones make reasoning affordable."},
        {gate::none, "Writing the automation in a language you're familiar with costs cheap tokens."},
    };
    for (const auto& c : cases) EXPECT_EQ(style_fault(c.first + tail, {}), c.gate) << c.first;
}

TEST(StyleGate, KeepsWithinTheLengths) {
    const std::string sentence = "Cheap tokens make long reasoning affordable for small companies everywhere today. ";
    EXPECT_EQ(style_fault(sentence, {}), gate::too_short);
    EXPECT_EQ(style_fault(sentence + sentence, {}), gate::none);
    EXPECT_EQ(style_fault(sentence + sentence + sentence + sentence + sentence, {}), gate::too_long);
    EXPECT_EQ(style_fault("", {}), gate::too_short);
}

// The public example of the genre, kept beside the checkout.
TEST(StyleGate, AcceptsTheSeedPageAndRejectsItsDanglingInsight) {
    const auto folder = testing::shared_data("seed-page");
    if (!folder) GTEST_SKIP() << "no shared data beside the checkout";
    const auto page = nlohmann::json::parse(testing::read_file(*folder / "page.json"));
    const auto dangling = page.at("dangling_reference").at("id").get<int>();
    std::vector<nlohmann::json> all(page.at("related").begin(), page.at("related").end());
    all.push_back(page.at("head"));
    ASSERT_EQ(all.size(), 11u);
    for (const auto& insight : all) {
        const auto text = insight.at("text").get<std::string>();
        const bool stands = insight.at("id").get<int>() != dangling;
        EXPECT_EQ(style_fault(text, {}), stands ? gate::none : gate::dangling_start) << text;
    }
    const auto& misspelt = page.at("misspelt_name");
    const std::vector<std::string> known = {misspelt.at("right").get<std::string>()};
    const auto wrong = misspelt.at("as_written").get<std::string>();
    const auto text = page.at("related").at(misspelt.at("id").get<std::size_t>() - 1).at("text").get<std::string>();
    ASSERT_NE(text.find(wrong), std::string::npos);
    const std::string repaired = repair_names_in(text, known);
    EXPECT_EQ(repaired.find(wrong), std::string::npos);
    EXPECT_NE(repaired.find(known[0]), std::string::npos);
}

}  // namespace
}  // namespace podbrief::insights
