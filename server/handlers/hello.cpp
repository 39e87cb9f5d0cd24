#include "handlers/handlers.hpp"
#include "handlers/sign_in.hpp"
#include "observe/log.hpp"

namespace parley::handlers {

void handle(Context here, const Hello& hello) {
    auto& connection = here.session.connection();
    if (here.session.is_greeted()) return connection.close(CloseCode::protocol_error, "a second Hello");
    const auto version = common_version(kOurVersions, hello.versions);
    observe::info("hello", {{"conn", net::number_of(connection.id())}, {"client", hello.client.view()}});
    if (!version) {
        connection.send(net::make_frame(
            Refused{std::nullopt, 0, Refusal::wrong_version, 0, Sentence::cut(sentence_of(Refusal::wrong_version))}));
        return connection.close(CloseCode::wrong_version, "reload");
    }
    here.session.greeted();
    connection.send(net::make_frame(Greeting{*version, net::number_of(connection.id()),
                                             Text<limits::kClientName>::cut(here.services.build),
                                             here.services.registration.rule_for(asker_of(connection.peer()))}));
}

}  // namespace parley::handlers
