using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Tests.Specifications;

/// <summary>
/// A state machine whose state is the text of all commands so far, and whose answer is its state. The command <c>3:2 x</c> is operation 2 of client 3: it
/// takes effect once, and its retry gets the first answer again. A command without a colon belongs to no client.
/// </summary>
internal sealed class AppendingModel : IStateMachineModel
{
    private readonly Dictionary<(int Client, long Sequence), byte[]> _answers = [];
    private string _state = "";

    public ReadOnlyMemory<byte> Apply(LogEntry entry)
    {
        (int Client, long Sequence)? operation = Identify(entry);
        if (operation is { } known && _answers.TryGetValue(known, out byte[]? answer))
        {
            return answer;
        }

        string text = Encoding.ASCII.GetString(entry.Command.Span);
        _state += text[(text.IndexOf(' ') + 1)..];
        answer = Encoding.ASCII.GetBytes(_state);
        if (operation is { } added)
        {
            _answers.Add(added, answer);
        }

        return answer;
    }

    public ReadOnlyMemory<byte> TakeSnapshot() => Encoding.ASCII.GetBytes(_state);

    public (int Client, long Sequence)? Identify(LogEntry entry)
    {
        string text = Encoding.ASCII.GetString(entry.Command.Span);
        string[] parts = text.Split(':', ' ');
        return text.Contains(':', StringComparison.Ordinal)
            ? (int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture))
            : null;
    }
}
