// SPDX-License-Identifier: Apache-2.0
#include "actors/command_line/parse.hpp"

#include "actors/command_line/config_file.hpp"
#include "actors/command_line/fleet_options.hpp"
#include "actors/command_line/nearest.hpp"
#include "actors/command_line/store_access.hpp"
#include "actors/command_line/values.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace convoy::actors::command_line {

namespace {

constexpr const char* precedence =
    "Every option is also an environment variable (--store is CONVOY_STORE,\n"
    "or CONVOY_STORE_FILE for a file that holds the value) and a key of the\n"
    "TOML file that --config or CONVOY_CONFIG names. A flag is stronger than\n"
    "a variable, which is stronger than the file.";

bool is_flag(const std::string& word) {
  return word.size() > 1 && word.front() == '-';
}

std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> result;
  for (const auto* each : app.get_options())
    for (const auto& name : each->get_lnames())
      result.push_back("--" + name);
  return result;
}

/// ` EMAIL ROLE`.
std::string arguments_of(const CLI::App& app) {
  std::string result;
  for (const auto* each : app.get_options(
           [](const CLI::Option* which) { return which->get_positional(); }))
    result += " " + each->get_name(true);
  return result;
}

/// `convoy user add`.
std::string full_name(const CLI::App& app) {
  const auto* outer = app.get_parent();
  return outer ? full_name(*outer) + " " + app.get_name() : app.get_name();
}

std::string unknown_word(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  for (const auto* each :
       app.get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(each->get_name());
  if (known.empty())
    return in_quotes(word) + " is one argument too many";
  return "there is no command " + in_quotes(word) + "; did you mean "
         + in_quotes(nearest(word, known)) + "?";
}

/// The command line's grammar, and what was read with it.
class grammar {
public:
  grammar();
  grammar(const grammar&) = delete;
  grammar& operator=(const grammar&) = delete;

  std::variant<command, reply> run(int argc, const char* const* argv,
                                   const environment& from);

private:
  CLI::App* add(CLI::App& to, const char* name, const char* help,
                unsigned takers);
  void add_option(CLI::App& to, const option& each);
  CLI::App* add_user(const char* name, const char* help);
  void add_kind(CLI::App* to, command::kind what);
  void add_user_commands();
  void add_data_commands();
  /// The innermost command that was given.
  CLI::App* chosen();
  std::string unexpected();
  std::string missing_argument() const;
  std::variant<command, reply> answer(const environment& from);
  source flags() const;
  std::vector<std::string> read_options(const environment& from);

  CLI::App app_{"A bridge between browsers and IRC", "convoy"};
  std::vector<std::pair<CLI::Option*, const option*>> options_;
  std::string config_;
  bool version_ = false;
  command result_;
  CLI::App* user_ = nullptr;
  CLI::App* import_ = nullptr;
  CLI::App* check_config_ = nullptr;
  CLI::App* default_config_ = nullptr;
  CLI::App* version_command_ = nullptr;
  std::vector<std::pair<CLI::App*, command::kind>> kinds_;
};

grammar::grammar() {
  using kind = command::kind;
  app_.allow_extras();
  app_.require_subcommand(0, 1);
  app_.add_flag("--version", version_, "Print the version");
  add_kind(add(app_, "serve", "Run the server", option::serve), kind::serve);
  add_user_commands();
  add_data_commands();
  check_config_ =
      add(app_, "check-config", "Check the file and the environment", 0);
  default_config_ = app_.add_subcommand(
      "default-config", "Print a file with every option's default");
  add_kind(add(app_, "healthcheck", "Ask a running server whether it is well",
               option::healthcheck),
           kind::healthcheck);
  auto* status = add(app_, "status", "Ask a running server what it does",
                     option::healthcheck);
  add_kind(status, kind::status);
  status->add_flag("--json", result_.json, "As it answers, in JSON");
  auto* drain =
      add(app_, "drain", "Stop a running server: its people go to other nodes",
          option::healthcheck);
  add_kind(drain, kind::drain);
  drain->add_flag("--quiet", result_.quiet, "Do not show the progress");
  version_command_ = app_.add_subcommand("version", "Print the version");
}

void grammar::add_kind(CLI::App* to, command::kind what) {
  kinds_.emplace_back(to, what);
}

void grammar::add_user_commands() {
  using kind = command::kind;
  user_ = app_.add_subcommand("user", "Manage accounts");
  user_->require_subcommand(0, 1);
  auto* user_add = add_user("add", "Make an account");
  add_kind(user_add, kind::user_add);
  user_add->add_flag("--admin", result_.admin, "Make it an administrator's");
  auto* list = add_user("list", "Show all accounts");
  add_kind(list, kind::user_list);
  list->add_flag("--json", result_.json, "One JSON object a line");
  auto* passwd = add_user("passwd", "Set a password");
  add_kind(passwd, kind::user_passwd);
  auto* disable = add_user("disable", "Let somebody neither log in nor be on "
                                      "IRC; a running server follows soon");
  add_kind(disable, kind::user_disable);
  auto* enable = add_user("enable", "Let somebody in again");
  add_kind(enable, kind::user_enable);
  auto* remove = add_user("delete", "Delete an account and all there is of it");
  add_kind(remove, kind::user_delete);
  remove->add_flag("--yes", result_.yes, "Do not ask");
  remove->add_flag("--quiet", result_.quiet, "Do not show the progress");
  auto* role = add_user("role", "Give somebody a role");
  add_kind(role, kind::user_role);
  for (auto* each : {user_add, passwd, disable, enable, remove, role})
    each->add_option("EMAIL", result_.email, "Who logs in with it")
        ->type_name("");
  role->add_option("ROLE", result_.role, "admin, or a word of your own")
      ->type_name("");
  role->add_flag("--remove", result_.remove, "Take it from them");
  for (auto* each : {user_add, passwd})
    each->add_option("--password-file", result_.password_file,
                     "Read the password from there, not from the terminal or "
                     "the standard input")
        ->type_name("FILE")
        ->take_last();
  auto* import = add_user("import", "Make many accounts at once");
  add_kind(import, kind::user_import);
  import
      ->add_option("FILE", result_.import_file,
                   "One JSON object a line: email, password, roles, "
                   "connections")
      ->type_name("");
  import->add_flag("--sessions", result_.sessions,
                   "Log each in and print email and session cookie");
  import->add_flag("--quiet", result_.quiet, "Do not show the progress");
}

void grammar::add_data_commands() {
  using kind = command::kind;
  auto* backup = add(app_, "backup", "Copy the store, also while a server runs",
                     option::data);
  add_kind(backup, kind::backup);
  auto* restore =
      add(app_, "restore", "Put a copy where the store is", option::data);
  add_kind(restore, kind::restore);
  for (auto* each : {backup, restore}) {
    each->add_option("FILE", result_.backup_file, "The copy")->type_name("");
    each->add_flag("--force", result_.force, "Replace what is there");
    each->add_flag("--with-key", result_.with_key,
                   "The key goes along, as FILE.key");
  }
  auto* verify = add(app_, "verify",
                     "Read all of the store and say what is "
                     "wrong with it",
                     option::data);
  add_kind(verify, kind::verify);
  auto* move =
      add(app_, "move-store",
          "Copy a store into an empty one, of another kind too", option::move);
  add_kind(move, kind::move_store);
  move->add_option("FROM", result_.from_store, "sqlite:PATH or postgresql://…")
      ->type_name("");
  move->add_option("TO", result_.to_store, "sqlite:PATH or postgresql://…")
      ->type_name("");
  move->add_flag("--running", result_.running,
                 "A server may use it meanwhile; what comes later is not "
                 "copied");
  auto* all_of_one = add(
      app_, "export", "Write all about one person as JSON Lines", option::data);
  add_kind(all_of_one, kind::export_user);
  all_of_one->add_option("EMAIL", result_.email, "Who it is")->type_name("");
  all_of_one
      ->add_option("--output", result_.output,
                   "Write into this file, not to the standard output")
      ->type_name("FILE")
      ->take_last();
  all_of_one->add_flag("--force", result_.force, "Replace the file");
  all_of_one->add_flag("--with-secrets", result_.with_secrets,
                       "Also the password's hash, and passwords of IRC");
  import_ = app_.add_subcommand("import", "Take in what another program kept");
  import_->require_subcommand(0, 1);
  auto* convos =
      add(*import_, "convos",
          "Users, settings, logs and files of Convos 8 or 9", option::data);
  add_kind(convos, kind::import_convos);
  convos->add_option("DIR", result_.convos_home, "Its CONVOS_HOME")
      ->type_name("");
  convos->add_flag("--dry-run", result_.dry_run, "Only say what would be done");
  for (auto* each : {backup, restore, verify, move, all_of_one, convos})
    each->add_flag("--quiet", result_.quiet, "Do not show the progress");
}

CLI::App* grammar::add(CLI::App& to, const char* name, const char* help,
                       unsigned takers) {
  auto* result = to.add_subcommand(name, help);
  result->footer(precedence);
  result->add_option("--config", config_, "Configuration, TOML")
      ->type_name("FILE")
      ->take_last();
  for (const auto& each : options())
    if ((each.takers & takers) != 0)
      add_option(*result, each);
  return result;
}

CLI::App* grammar::add_user(const char* name, const char* help) {
  return add(*user_, name, help, option::user);
}

void grammar::add_option(CLI::App& to, const option& each) {
  const std::string help{each.help};
  auto name = "--" + std::string{each.name};
  CLI::Option* added = nullptr;
  if (each.kind == option_kind::flag) {
    if (!each.opposite.empty())
      name += ",!--" + std::string{each.opposite};
    added = to.add_flag(name, help);
  } else {
    added = to.add_option(name, help)
                ->expected(1)
                ->type_size(1)
                ->type_name(std::string{each.value})
                ->default_str(std::string{each.fallback});
  }
  // Every value is checked, not only the last.
  added->take_all();
  options_.emplace_back(added, &each);
}

CLI::App* grammar::chosen() {
  auto* result = &app_;
  for (auto inner = result->get_subcommands(); !inner.empty();
       inner = result->get_subcommands())
    result = inner.front();
  return result;
}

/// Says that of the words which nobody took the first that looks like a flag,
/// or else the first, is not known; "" when all were taken.
std::string grammar::unexpected() {
  const auto* where = &app_;
  for (auto inner = where->get_subcommands();
       where->remaining().empty() && !inner.empty();
       inner = where->get_subcommands())
    where = inner.front();
  const auto words = where->remaining();
  if (words.empty())
    return {};
  const auto flag = std::ranges::find_if(words, is_flag);
  if (flag == words.end())
    return unknown_word(*where, words.front());
  const auto name = flag->substr(0, flag->find('='));
  const auto known = flags_of(*chosen());
  if (where != chosen() && std::ranges::find(known, name) != known.end())
    return in_quotes(name) + " belongs behind the command "
           + chosen()->get_name();
  return "there is no flag " + in_quotes(name) + "; did you mean "
         + in_quotes(nearest(name, flags_of(*where))) + "?";
}

/// What a command cannot do without and was not given.
std::string grammar::missing_argument() const {
  switch (result_.what) {
  case command::kind::user_add:
  case command::kind::user_passwd:
  case command::kind::user_disable:
  case command::kind::user_enable:
  case command::kind::user_delete:
  case command::kind::export_user:
    return result_.email.empty() ? "EMAIL" : "";
  case command::kind::user_role:
    return result_.email.empty() ? "EMAIL" : result_.role.empty() ? "ROLE" : "";
  case command::kind::user_import:
    return result_.import_file.empty() ? "FILE" : "";
  case command::kind::backup:
  case command::kind::restore:
    return result_.backup_file.empty() ? "FILE" : "";
  case command::kind::move_store:
    return result_.from_store.empty() ? "FROM"
           : result_.to_store.empty() ? "TO"
                                      : "";
  case command::kind::import_convos:
    return result_.convos_home.empty() ? "DIR" : "";
  default:
    return {};
  }
}

source grammar::flags() const {
  source result;
  for (const auto& [given, what] : options_) {
    const auto place = "--" + std::string{what->name};
    auto values = given->results();
    if (values.empty())
      continue;
    if (what->kind == option_kind::list) {
      result.add({what}, std::move(values), place);
      continue;
    }
    serve_options ignored;
    for (const auto& value : values)
      if (auto problem = what->set(ignored, {value}); !problem.empty())
        result.problems.push_back(place + ": " + problem);
    if (result.problems.empty())
      result.add({what}, {std::move(values.back())}, place);
  }
  return result;
}

/// Sets the options from all their sources; the weakest comes first.
std::vector<std::string> grammar::read_options(const environment& from) {
  auto& options = result_.options;
  options = default_options();
  result_.values = default_values();
  auto variables = read_variables(from);
  const auto path = config_.empty() ? variables.config : config_;
  auto file = path.empty() ? source{} : read_config(path);
  auto given = flags();
  std::vector<std::string> problems;
  for (auto* each : {&file, &variables.options, &given}) {
    each->apply(options);
    for (const auto& setting : each->settings)
      result_.values[std::string{setting.what->name}] = setting.values;
    problems.insert(problems.end(), each->problems.begin(),
                    each->problems.end());
  }
  // Of the store that is moved, so that its key is found.
  for (auto [text, to, name] :
       {std::tuple{&result_.from_store, &options.store, "FROM"},
        std::tuple{&result_.to_store, &result_.to_store, "TO"}})
    if (!text->empty())
      if (const auto problem = read_store(*text, *to); !problem.empty())
        problems.push_back(std::string{name} + ": " + problem);
  if (options.key_file.empty())
    options.key_file = default_key_file(options.store);
  if (options.node_id.empty())
    options.node_id = host_name();
  return problems;
}

reply misuse(const std::vector<std::string>& problems) {
  reply result{2, {}, {}, problems};
  for (const auto& problem : problems)
    result.err += "convoy: " + problem + "\n";
  return result;
}

std::variant<command, reply> grammar::answer(const environment& from) {
  if (const auto problem = unexpected(); !problem.empty())
    return misuse({problem});
  const auto* where = chosen();
  if (version_ || where == version_command_)
    return reply{0, "convoy " CONVOY_VERSION "\n", {}};
  if (where == &app_ || where == user_ || where == import_)
    return reply{2, {}, app_.help()};
  if (where == default_config_)
    return reply{0, default_config(), {}};
  for (const auto& [app, kind] : kinds_)
    if (app == where)
      result_.what = kind;
  if (const auto name = missing_argument(); !name.empty())
    return misuse(
        {name + " is missing: " + full_name(*where) + arguments_of(*where)});
  auto problems = read_options(from);
  if (result_.what == command::kind::serve || where == check_config_)
    std::ranges::move(contradictions(result_.options),
                      std::back_inserter(problems));
  if (!problems.empty())
    return misuse(problems);
  if (where == check_config_)
    return reply{0, "ok\n", {}};
  return result_;
}

/// The arguments from the last to the first, as CLI11 takes them. It does not
/// know that `--name=` gives an empty value, but `--name` and "" do the same.
std::vector<std::string> reversed_words(int argc, const char* const* argv) {
  std::vector<std::string> result;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    const bool is_empty_value =
        word.starts_with("--") && word.find('=') == word.size() - 1;
    if (is_empty_value)
      word.pop_back();
    result.push_back(std::move(word));
    if (is_empty_value)
      result.emplace_back();
  }
  std::ranges::reverse(result);
  return result;
}

std::variant<command, reply> grammar::run(int argc, const char* const* argv,
                                          const environment& from) {
  try {
    app_.parse(reversed_words(argc, argv));
  } catch (const CLI::CallForHelp&) {
    return reply{0, app_.help(), {}};
  } catch (const CLI::ParseError& error) {
    return misuse({error.what()});
  }
  return answer(from);
}

} // namespace

std::variant<command, reply> parse(int argc, const char* const* argv,
                                   const environment& variables) {
  return grammar{}.run(argc, argv, variables);
}

} // namespace convoy::actors::command_line
