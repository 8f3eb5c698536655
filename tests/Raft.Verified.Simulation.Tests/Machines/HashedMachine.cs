using System.Buffers;
using System.Text;
using Raft.Verified.StateMachines;

namespace Raft.Verified.Tests.Machines;

/// <summary>
/// A set of words that writes its own snapshots, in the order of the alphabet. It can answer in the order of a hash set, which depends on earlier removals, and it
/// can forget to clear the set before a restore.
/// </summary>
internal sealed class HashedMachine(bool answersSorted, bool clears) : RaftStateMachine<WordCommand, string>(WordJson.Default)
{
    private readonly HashSet<string> _words = [];

    public override string Apply(WordCommand command)
    {
        _ = command.Adds ? _words.Add(command.Word) : _words.Remove(command.Word);
        IEnumerable<string> words = answersSorted ? _words.Order(StringComparer.Ordinal) : _words;
        return string.Join(' ', words);
    }

    protected override void WriteSnapshot(IBufferWriter<byte> output) =>
        output.Write(Encoding.UTF8.GetBytes(string.Join(' ', _words.Order(StringComparer.Ordinal))));

    protected override void ReadSnapshot(ReadOnlyMemory<byte> snapshot)
    {
        if (clears)
        {
            _words.Clear();
        }

        _words.UnionWith(Encoding.UTF8.GetString(snapshot.Span).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
