#include <algorithm>

#include "tests/contract/intake_contract.hpp"

namespace podbrief::testing {

using namespace std::chrono_literals;

Tenant sample_tenant(const std::string& workspace, WallTime installed_at) {
    Tenant t;
    t.platform = "slack";
    t.workspace = workspace;
    t.name = "Acme";
    t.bot_user = "UBOT";
    t.app = "A1";
    t.scopes = "chat:write,im:history";
    t.installed_by = "U7";
    t.sealed_token = "sealed token";
    t.sealed_refresh = "sealed refresh";
    t.token_expires_at = installed_at + 12h;
    t.installed_at = installed_at;
    t.changed_at = installed_at + 1ms;
    return t;
}

DestinationRecord TenantContract::add_slack_destination(ReaderId reader, const std::string& workspace,
                                                        const std::string& chat) {
    DestinationRecord record;
    record.reader = reader;
    record.address = {"slack", workspace, chat, ""};
    return get(outbox.add_destination(record, noon - 1h));
}

namespace {

Tenant revoked(Tenant tenant, const std::string& note, WallTime at) {
    tenant.state = Tenant::State::revoked;
    tenant.note = note;
    tenant.sealed_token.clear();
    tenant.sealed_refresh.clear();
    tenant.token_expires_at.reset();
    tenant.changed_at = at;
    return tenant;
}

TEST_P(TenantContract, KeepsEveryFieldOfATenant) {
    const Tenant full = sample_tenant("T1", noon);
    Tenant plain;
    plain.platform = "discord";
    EXPECT_EQ(get(tenants.save(full)), full);
    EXPECT_EQ(get(tenants.save(plain)), plain);
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), full);
    EXPECT_EQ(get(tenants.tenant("discord", "")), plain);
    EXPECT_FALSE(get(tenants.tenant("slack", "T2")));
    EXPECT_FALSE(get(tenants.tenant("telegram", "T1")));
}

TEST_P(TenantContract, TenantsOfAPlatformComeByWorkspace) {
    for (const char* workspace : {"T2", "T10", "T1"}) get(tenants.save(sample_tenant(workspace, noon)));
    get(tenants.revoke("slack", "T2", "gone", noon + 1h));
    get(tenants.revoke("slack", "T3", "gone", noon + 1h));  // never installed
    std::vector<std::string> names;
    for (const Tenant& tenant : get(tenants.tenants("slack"))) names.push_back(tenant.workspace);
    EXPECT_EQ(names, (std::vector<std::string>{"T1", "T10", "T2"}));
    EXPECT_TRUE(get(tenants.tenants("telegram")).empty());
}

TEST_P(TenantContract, ANewInstallationReplacesTheFormerAndALateOneDoesNot) {
    const Tenant first = sample_tenant("T1", noon);
    Tenant second = sample_tenant("T1", noon + 1h);
    second.sealed_token = "another";
    second.scopes = "chat:write";
    get(tenants.save(first));
    EXPECT_EQ(get(tenants.save(second)), second);
    EXPECT_EQ(get(tenants.save(first)), second);
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), second);
    second.name = "Acme Ltd";
    second.changed_at += 1h;
    EXPECT_EQ(get(tenants.save(second)), second) << "the same installation, changed";
}

TEST_P(TenantContract, StateAndNoteAreTheStoresOwn) {
    Tenant tenant = sample_tenant("T1", noon);
    tenant.state = Tenant::State::revoked;
    tenant.note = "somebody thinks so";
    EXPECT_EQ(get(tenants.save(tenant)), sample_tenant("T1", noon));
}

TEST_P(TenantContract, ARevocationDropsTheTokens) {
    const Tenant tenant = sample_tenant("T1", noon);
    get(tenants.save(tenant));
    get(tenants.save(sample_tenant("T2", noon)));
    EXPECT_TRUE(get(tenants.revoke("slack", "T1", "the app was removed", noon + 1h)));
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), revoked(tenant, "the app was removed", noon + 1h));
    EXPECT_EQ(get(tenants.tenant("slack", "T2")), sample_tenant("T2", noon));
    EXPECT_FALSE(get(tenants.revoke("slack", "T1", "the app was removed", noon + 1h))) << "revoked before";
    EXPECT_FALSE(get(tenants.revoke("slack", "T9", "the app was removed", noon + 1h))) << "no such tenant";
}

TEST_P(TenantContract, ARevocationFromBeforeTheInstallationChangesNothing) {
    const Tenant tenant = sample_tenant("T1", noon);
    get(tenants.save(tenant));
    EXPECT_FALSE(get(tenants.revoke("slack", "T1", "old news", noon - 1ms)));
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), tenant);
    EXPECT_TRUE(get(tenants.revoke("slack", "T1", "news", noon)));
}

TEST_P(TenantContract, ARevocationThatIsToldBeforeItsInstallationStays) {
    EXPECT_FALSE(get(tenants.revoke("slack", "T1", "removed at once", noon + 1s)));
    EXPECT_FALSE(get(tenants.tenant("slack", "T1")));
    const Tenant tenant = sample_tenant("T1", noon);
    EXPECT_EQ(get(tenants.save(tenant)), revoked(tenant, "removed at once", noon + 1s));
    const Tenant anew = sample_tenant("T1", noon + 2s);
    EXPECT_EQ(get(tenants.save(anew)), anew);
}

TEST_P(TenantContract, RotationIsSingleUse) {
    const Tenant tenant = sample_tenant("T1", noon);
    get(tenants.save(tenant));
    Tenant next = tenant;
    next.sealed_token = "token 2";
    next.sealed_refresh = "refresh 2";
    next.token_expires_at = noon + 24h;
    next.changed_at = noon + 11h;
    next.name = "not for this call";
    EXPECT_TRUE(get(tenants.rotate("slack", "T1", "sealed refresh", next)));
    next.name = tenant.name;
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), next);

    Tenant late = next;
    late.sealed_token = "token 3";
    EXPECT_FALSE(get(tenants.rotate("slack", "T1", "sealed refresh", late))) << "another used it";
    EXPECT_FALSE(get(tenants.rotate("slack", "T2", "sealed refresh", late))) << "no such tenant";
    EXPECT_EQ(get(tenants.save(tenant)), next) << "the installation, told again, brings no used tokens back";
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), next);
}

TEST_P(TenantContract, ARevokedTenantDoesNotRotate) {
    const Tenant tenant = sample_tenant("T1", noon);
    get(tenants.save(tenant));
    get(tenants.revoke("slack", "T1", "removed", noon + 1h));
    EXPECT_FALSE(get(tenants.rotate("slack", "T1", "sealed refresh", tenant)));
    EXPECT_FALSE(get(tenants.rotate("slack", "T1", "", tenant)));
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), revoked(tenant, "removed", noon + 1h));
}

TEST_P(TenantContract, TokensThatDoNotRotateMayBeExchangedForSomeThatDo) {
    Tenant tenant = sample_tenant("T1", noon);
    tenant.sealed_refresh.clear();
    tenant.token_expires_at.reset();
    get(tenants.save(tenant));
    const Tenant next = sample_tenant("T1", noon);
    EXPECT_TRUE(get(tenants.rotate("slack", "T1", "", next)));
    EXPECT_EQ(get(tenants.tenant("slack", "T1")), next);
}

TEST_P(TenantContract, TheWorkspacesDestinationsAreRevokedWithItAndComeBackWithANewInstallation) {
    get(tenants.save(sample_tenant("T1", noon)));
    const auto active = add_slack_destination(anna.id, "T1", "C1");
    const auto paused = add_slack_destination(anna.id, "T1", "C2");
    const auto blocked = add_slack_destination(anna.id, "T1", "C3");
    const auto elsewhere = add_slack_destination(anna.id, "T2", "C1");
    const auto other_platform = add_destination(anna.id, "C1");
    get(outbox.set_destination(paused.id, DestinationState::paused, "by the reader", noon));
    get(outbox.set_destination(blocked.id, DestinationState::blocked, "left", noon));
    const SlotStory waiting = composed_slot(anna.id, "2026-03-02", noon, {active});

    get(tenants.revoke("slack", "T1", "the app was removed", noon + 1h));
    DestinationRecord expected = active;
    expected.state = DestinationState::tenant_revoked;
    expected.note = "the app was removed";
    expected.changed_at = noon + 1h;
    EXPECT_EQ(now_of(active), expected);
    EXPECT_EQ(now_of(paused).state, DestinationState::paused);
    EXPECT_EQ(now_of(blocked).state, DestinationState::blocked);
    EXPECT_EQ(now_of(elsewhere), elsewhere);
    EXPECT_EQ(now_of(other_platform), other_platform);
    EXPECT_EQ(reload(waiting.deliveries.at(0)).state, DeliveryState::destination_gone);

    get(tenants.save(sample_tenant("T1", noon)));
    EXPECT_EQ(now_of(active), expected) << "that installation was revoked";
    get(tenants.save(sample_tenant("T1", noon + 2h)));
    expected.state = DestinationState::active;
    expected.note = "";
    expected.changed_at = noon + 2h;
    EXPECT_EQ(now_of(active), expected);
    EXPECT_EQ(now_of(paused).state, DestinationState::paused);
    EXPECT_EQ(now_of(blocked).state, DestinationState::blocked);

    get(tenants.revoke("slack", "T1", "told late", noon + 1h));
    EXPECT_EQ(now_of(active), expected);
}

TEST_P(TenantContract, TheSameInstallationToldAgainDoesNotBringDestinationsBack) {
    get(tenants.save(sample_tenant("T1", noon)));
    const auto destination = add_slack_destination(anna.id, "T1", "C1");
    get(outbox.set_destination(destination.id, DestinationState::tenant_revoked, "invalid_auth", noon + 1h));
    get(tenants.save(sample_tenant("T1", noon)));
    EXPECT_EQ(now_of(destination).state, DestinationState::tenant_revoked);
}

TEST_P(TenantContract, AWorkspaceWithoutInstallationLosesItsDestinationsToo) {
    const auto destination = add_slack_destination(anna.id, "T1", "C1");
    EXPECT_FALSE(get(tenants.revoke("slack", "T1", "removed", noon)));
    EXPECT_EQ(now_of(destination).state, DestinationState::tenant_revoked);
}

asio::awaitable<void> tell(TenantStore& tenants, OutboxStore& outbox, DestinationRecord destination,
                           std::vector<TenantContract::Event> events) {
    const std::string workspace = destination.address.workspace;
    co_await outbox.add_destination(std::move(destination), noon - 1h);
    for (const TenantContract::Event& event : events) {
        const WallTime at = noon + event.minute * 1min;
        if (event.installed) {
            Tenant tenant = sample_tenant(workspace, at);
            tenant.sealed_token = "of minute " + std::to_string(event.minute);
            co_await tenants.save(std::move(tenant));
        } else {
            co_await tenants.revoke("slack", workspace, event.note, at);
        }
    }
}

}  // namespace

// Each order is of a workspace of its own, all at once.
void TenantContract::tell_in_all_orders(std::vector<Event> happened, Tenant expected, DestinationState destination) {
    std::vector<std::size_t> order(happened.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::vector<std::string> workspaces;
    std::vector<asio::awaitable<void>> calls;
    do {
        DestinationRecord record;
        record.reader = anna.id;
        record.address = {"slack", "T", "C1", ""};
        std::vector<Event> told;
        for (const std::size_t i : order) {
            record.address.workspace += std::to_string(i);
            told.push_back(happened[i]);
        }
        workspaces.push_back(record.address.workspace);
        calls.push_back(tell(tenants, outbox, std::move(record), std::move(told)));
    } while (std::next_permutation(order.begin(), order.end()));
    get_all(std::move(calls));
    const auto destinations = get(outbox.destinations(anna.id));
    EXPECT_EQ(destinations.size(), workspaces.size());
    for (const DestinationRecord& record : destinations)
        EXPECT_EQ(record.state, destination) << record.address.workspace;
    for (const std::string& workspace : workspaces) {
        expected.workspace = workspace;
        EXPECT_EQ(get(tenants.tenant("slack", workspace)), expected) << workspace;
    }
}

namespace {

// RELIABILITY, row 88: out of order, all 720.
TEST_P(TenantContract, SixEventsToldInAnyOrderEndRevokedWhenTheLastWasARevocation) {
    Tenant expected = sample_tenant("", noon + 3min);
    expected = revoked(std::move(expected), "tokens revoked", noon + 5min);
    tell_in_all_orders({{1, true, ""},
                        {2, false, "removed"},
                        {3, true, ""},
                        {4, false, "removed again"},
                        {5, false, "app removed"},
                        {5, false, "tokens revoked"}},
                       expected, DestinationState::tenant_revoked);
}

TEST_P(TenantContract, SixEventsToldInAnyOrderEndActiveWhenTheLastWasAnInstallation) {
    Tenant expected = sample_tenant("", noon + 6min);
    expected.sealed_token = "of minute 6";
    tell_in_all_orders({{1, false, "before all"},
                        {2, true, ""},
                        {3, false, "removed"},
                        {4, true, ""},
                        {5, false, "removed again"},
                        {6, true, ""}},
                       expected, DestinationState::active);
}

}  // namespace
}  // namespace podbrief::testing
