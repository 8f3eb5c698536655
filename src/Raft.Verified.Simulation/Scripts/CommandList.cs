using System.Globalization;
using System.Text;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>A list of commands as plain data. The answer to a command is its position.</summary>
internal sealed class CommandList
{
    private readonly List<string> _commands = [];

    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> command)
    {
        _commands.Add(Encoding.UTF8.GetString(command.Span));
        return Encoding.UTF8.GetBytes(_commands.Count.ToString(CultureInfo.InvariantCulture));
    }

    public ReadOnlyMemory<byte> Write() => Encoding.UTF8.GetBytes(string.Join(' ', _commands));

    public void Read(ReadOnlyMemory<byte> snapshot)
    {
        _commands.Clear();
        _commands.AddRange(Encoding.UTF8.GetString(snapshot.Span).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
