// World: who is there when a run begins.
#include "auth/passwords.hpp"
#include "auth/tokens.hpp"
#include "simulation/world.hpp"

namespace parley::simulation {

namespace {

using namespace std::chrono_literals;

constexpr const char* kPassword = "correct horse";
constexpr std::array kNames{"ana", "bo", "cy", "dee"};

const std::string& password_hash() {
    static const std::string hash = auth::Passwords(auth::least_cost()).hash(kPassword);
    return hash;
}

Token draw_token(Dice& dice) {
    Token token{};
    for (auto& byte : token) byte = static_cast<std::byte>(dice.below(256));
    return token;
}

void apply(store::Writer& writer, const store::Change& change) {
    store::Effects effects;
    const auto outcome = writer.apply(change, effects);
    if (!outcome || !outcome->done()) throw std::runtime_error("the first records of a run were refused");
}

}  // namespace

void World::make_accounts() {
    auto writer = std::move(disk_->backend().open_writer().value());
    if (!writer->begin()) throw std::runtime_error("the disk of a run cannot be written");
    for (std::size_t i = 0; i < plan_.people; ++i) {
        people_.push_back(std::make_unique<Person>(Person{kNames[i % kNames.size()], kPassword, UserId(dice_.id())}));
        auto& person = *people_.back();
        const OpId op{OutboxId(dice_.id()), 1};
        apply(*writer, store::RegisterAccount{op, person.user, AccountName::cut(person.account), password_hash(), true,
                                              clock_.wall(), person.account});
        spare_sessions_.push_back({&person, {draw_token(dice_), person.account}});
        apply(*writer, store::AddToken{person.user, auth::hash_of(spare_sessions_.back().second.token), clock_.wall(),
                                       Timestamp{std::int64_t{1} << 60}});
        for (std::size_t device = 0; device < plan_.most_devices; ++device) {
            add_browser({{draw_token(dice_), person.account}});
            apply(*writer, store::AddToken{person.user, auth::hash_of(browsers_.back()->saved->token), clock_.wall(),
                                           Timestamp{clock_.wall().milliseconds + 90ll * 24 * 3'600'000}});
        }
    }
    if (plan_.strange_acts > 0) make_stranger(*writer);
    if (!writer->commit()) throw std::runtime_error("the disk of a run cannot be written");
}

void World::make_stranger(store::Writer& writer) {
    Person person{"stranger", kPassword, UserId(dice_.id())};
    apply(writer, store::RegisterAccount{{OutboxId(dice_.id()), 1},
                                         person.user,
                                         AccountName::cut(person.account),
                                         password_hash(),
                                         true,
                                         clock_.wall(),
                                         person.account});
    const auto token = draw_token(dice_);
    apply(writer, store::AddToken{person.user, auth::hash_of(token), clock_.wall(), Timestamp{std::int64_t{1} << 60}});
    stranger_ = std::make_unique<Stranger>(around_, std::move(person), token, known_rooms_);
}

// Some devices are tabs of one browser.
void World::make_devices() {
    for (std::size_t i = 0; i < people_.size(); ++i) {
        const auto count = dice_.between(plan_.least_devices, plan_.most_devices);
        for (std::size_t device = 0; device < count; ++device) {
            const auto browser = i * plan_.most_devices + (dice_.one_in(3) ? 0 : device);
            add_device(*people_[i], *browsers_[browser], people_[i]->account + "-" + std::to_string(device + 1));
        }
    }
    for (auto& device : devices_) {
        agenda_.at(in_up_to(3s), [each = device.get()] {
            if (!each->is_running()) each->start();
        });
    }
    if (!plan_.has_newcomer) return;
    people_.push_back(std::make_unique<Person>(Person{"newcomer", "a new password", {}}));
    add_browser({});
    add_device(*people_.back(), *browsers_.back(), "newcomer-1");
    agenda_.at(in_up_to(plan_.active / 2),
               [device = devices_.back().get(), &person = *people_.back()] { device->register_account(person); });
}

void World::add_browser(std::optional<client::SavedSession> session) {
    browsers_.push_back(std::make_unique<Browser>(Browser{std::move(session)}));
    if (dice_.one_in(2)) return;
    browsers_.back()->storage = std::make_unique<Storage>(disks_, clock_.now, dice_, chronicle_, ledger_);
}

void World::add_device(Person& person, Browser& browser, const std::string& name) {
    client::Settings settings;
    settings.client_name = "simulation";
    settings.timeline_messages = plan_.timeline_messages;
    devices_.push_back(std::make_unique<Device>(around_, person, browser, name, settings));
}

void World::start_server() {
    tell("the server starts");
    is_ending_ = false;
    ++servers_;
    server_ = std::make_unique<ServerProcess>(failing_disk_, clock_, dice_, chronicle_, plan_.server);
    network_.serve(server_.get());
}

}  // namespace parley::simulation
