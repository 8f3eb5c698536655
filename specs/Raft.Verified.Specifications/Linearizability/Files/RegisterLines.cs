using System.Globalization;
using System.Text.RegularExpressions;
using Raft.Verified.Specifications.Linearizability.Models;

namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>
/// Lines of the logs that Jepsen's test of etcd wrote: <c>INFO  jepsen.util - CLIENT :TYPE :FUNCTION VALUE</c>. Of a compare-and-set, <c>:fail</c> is an
/// answer: the register had another value.
/// </summary>
internal static partial class RegisterLines
{
    private const string Expected =
        "expected 'INFO jepsen.util - CLIENT :invoke|:ok|:fail|:info :read|:write|:cas VALUE' with VALUE nil, a number, [number number] or :timed-out";

    private const string TimedOut = ":timed-out";

    public static HistoryLine<RegisterCommand, RegisterAnswer> Parse(string text)
    {
        Match match = Line().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int client))
        {
            throw new HistoryLineException($"found '{Found.Of(text)}'; {Expected}");
        }

        (string type, string function, string value) = (match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value);
        return (type, function) switch
        {
            ("invoke", _) => Make(HistoryLineKind.Invoke, Command(function, value, text)),
            ("ok", "read") => Make(
                HistoryLineKind.Answer,
                RegisterCommand.Read(),
                new RegisterAnswer(RegisterCommandKind.Read, value == "nil" ? null : Number(value, text))),
            ("ok", _) => Answer(Command(function, value, text), succeeded: true),
            ("fail", "cas") => Answer(Command(function, value, text), succeeded: false),
            ("info", _) when value == TimedOut => Make(HistoryLineKind.Unknown, null),
            ("fail", "read") when value == TimedOut => Make(HistoryLineKind.NoEffect, null),
            _ => throw new HistoryLineException($"found ':{type} :{function} {Found.Of(value)}'; {Expected}"),
        };

        HistoryLine<RegisterCommand, RegisterAnswer> Make(HistoryLineKind kind, RegisterCommand? command, RegisterAnswer answer = default) =>
            new(client, kind, function, command, answer);

        HistoryLine<RegisterCommand, RegisterAnswer> Answer(RegisterCommand command, bool succeeded) =>
            Make(HistoryLineKind.Answer, command, new RegisterAnswer(command.Kind, Succeeded: succeeded));
    }

    public static string FunctionOf(RegisterCommand command) => command.Kind switch
    {
        RegisterCommandKind.Read => "read",
        RegisterCommandKind.Write => "write",
        _ => "cas",
    };

    private static RegisterCommand Command(string function, string value, string text)
    {
        switch (function)
        {
            case "read" when value == "nil":
                return RegisterCommand.Read();
            case "write":
                return RegisterCommand.Write(Number(value, text));
            case "cas" when Pair().Match(value) is { Success: true } pair:
                return RegisterCommand.CompareAndSet(Number(pair.Groups[1].Value, text), Number(pair.Groups[2].Value, text));
            default:
                throw new HistoryLineException($"found the value '{Found.Of(value)}' of :{function}; {Expected}");
        }
    }

    private static int Number(string value, string text) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new HistoryLineException($"found '{Found.Of(text)}' with no 32-bit number in the place of '{Found.Of(value)}'; {Expected}");

    [GeneratedRegex(@"^INFO\s+jepsen\.util\s+-\s+([0-9]+)\s+:(invoke|ok|fail|info)\s+:(read|write|cas)\s+(\S.*?)\s*$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^\[(-?[0-9]+)\s+(-?[0-9]+)\]$")]
    private static partial Regex Pair();
}
