using System.CommandLine;

namespace Raft.Verified.Cli.Commands;

/// <summary>The error messages for command lines, in one line each: what was found and what was expected.</summary>
internal static class ParseErrors
{
    /// <summary>Returns the message of the first error; null when there is none.</summary>
    /// <param name="parsed">The command line.</param>
    public static string? First(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string name = command is RootCommand ? "raft" : $"raft {command.Name}";

        // An unknown option would otherwise be taken for the name of a scenario or a file.
        if (parsed.CommandResult.Tokens.Select(token => token.Value).Concat(parsed.UnmatchedTokens).FirstOrDefault(IsOption) is { } option)
        {
            IEnumerable<string> options = command.Options.Concat(parsed.RootCommandResult.Command.Options).Select(known => known.Name);
            return $"unknown option '{option}'{Nearest.Suggest(option, options)} ('{name} --help' shows the options)";
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        IEnumerable<string> verbs = command.Subcommands.Select(verb => verb.Name);
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return command is RootCommand
                ? UnknownVerb(parsed.UnmatchedTokens[0], [.. verbs])
                : $"unexpected '{parsed.UnmatchedTokens[0]}' ('{name} --help' shows what is expected)";
        }

        return command is RootCommand
            ? $"no verb given; expected one of {string.Join(", ", verbs)} ('raft --help' explains them)"
            : parsed.Errors[0].Message;
    }

    private static string UnknownVerb(string typed, string[] verbs) => Nearest.Suggest(typed, verbs) is { Length: > 0 } suggestion
        ? $"unknown verb '{typed}'{suggestion} ('raft --help' lists the verbs)"
        : $"unknown verb '{typed}'; expected one of {string.Join(", ", verbs)}";

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';
}
