namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>Puts the lines of a file together to a history, whose positions are the lines' numbers.</summary>
internal sealed class HistoryReader<TCommand, TAnswer>
    where TCommand : struct
{
    private readonly string _file;
    private readonly Func<string, HistoryLine<TCommand, TAnswer>> _parse;
    private readonly Func<TCommand, string> _functionOf;
    private readonly History<TCommand, TAnswer> _history = new();
    private int _line;

    private HistoryReader(string file, Func<string, HistoryLine<TCommand, TAnswer>> parse, Func<TCommand, string> functionOf)
    {
        _file = file;
        _parse = parse;
        _functionOf = functionOf;
    }

    /// <summary>Reads a history. Lines of white space alone are passed over.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="lines">The file's lines.</param>
    /// <param name="parse">Understands a line, or throws <see cref="HistoryLineException"/>.</param>
    /// <param name="functionOf">The name of a command's function.</param>
    /// <exception cref="HistoryFormatException">The file is no history.</exception>
    public static IReadOnlyList<HistoryOperation<TCommand, TAnswer>> Read(
        string file, IEnumerable<string> lines, Func<string, HistoryLine<TCommand, TAnswer>> parse, Func<TCommand, string> functionOf)
    {
        HistoryReader<TCommand, TAnswer> reader = new(file, parse, functionOf);
        bool any = false;
        foreach (string line in lines)
        {
            reader._line++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                any = true;
                reader.Take(line);
            }
        }

        return any ? reader._history.Operations : throw new HistoryFormatException(file, "the file is empty; expected a history, a call or a return a line");
    }

    private void Take(string text)
    {
        HistoryLine<TCommand, TAnswer> line;
        try
        {
            line = _parse(text);
        }
        catch (HistoryLineException exception)
        {
            throw Problem(exception.Message);
        }

        if (line.Kind == HistoryLineKind.Invoke)
        {
            TakeCall(line.Client, line.Command!.Value);
            return;
        }

        CheckReturn(line);
        switch (line.Kind)
        {
            case HistoryLineKind.Answer:
                _history.Return(line.Client, line.Answer!, _line);
                break;
            case HistoryLineKind.Unknown:
                _history.Abandon(line.Client);
                break;
            default:
                _history.Withdraw(line.Client);
                break;
        }
    }

    private void TakeCall(int client, TCommand command)
    {
        if (_history.OpenCallOf(client) is { } open)
        {
            throw Problem($"client {client} calls '{command}' while its call '{open.Command}' of line {open.Call} is open; expected the return of that first");
        }

        _history.Call(client, command, _line);
    }

    private void CheckReturn(HistoryLine<TCommand, TAnswer> line)
    {
        if (_history.OpenCallOf(line.Client) is not { } open)
        {
            throw Problem($"client {line.Client} returns from '{line.Function}' without a call; expected its call in a line before");
        }

        bool fits = line.Command is { } command ? command.Equals(open.Command) : line.Function == _functionOf(open.Command);
        if (!fits)
        {
            string found = line.Command is { } other ? $"{other}" : line.Function;
            throw Problem($"client {line.Client} returns from '{found}'; expected the return of its call '{open.Command}' of line {open.Call}");
        }
    }

    private HistoryFormatException Problem(string problem) => new(_file, _line, problem);
}
