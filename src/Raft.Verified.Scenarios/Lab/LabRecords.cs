namespace Raft.Verified.Scenarios.Lab;

/// <summary>
/// The records of commands applied by each server across restarts, for the labs' permanent checks. The records of a
/// server survive its crash. Methods that check return a description of the error, or null.
/// </summary>
internal sealed class LabRecords
{
    private readonly List<ReadOnlyMemory<byte>?>[] _recorded; // By index; 0 is not used.
    private readonly long[] _lastApplied; // In this life.

    public LabRecords(int servers)
    {
        _recorded = new List<ReadOnlyMemory<byte>?>[servers];
        for (int server = 0; server < servers; server++)
        {
            _recorded[server] = [null];
        }

        _lastApplied = new long[servers];
    }

    /// <summary>Begins a new start of a server, which applies everything again.</summary>
    public void BeginLife(int server) => _lastApplied[server] = 0;

    /// <summary>Records a command that a server applied.</summary>
    public string? Apply(int server, long index, ReadOnlyMemory<byte> command)
    {
        for (int other = 0; other < _recorded.Length; other++)
        {
            if (At(other, index) is { } known && !known.Span.SequenceEqual(command.Span))
            {
                return $"commit index {index}: S{server + 1} applied {LabCommand.Describe(command)}, S{other + 1} {LabCommand.Describe(known)}";
            }
        }

        // The labs accept that a server applies an entry again in the same life. This check does not.
        if (index != _lastApplied[server] + 1)
        {
            return $"S{server + 1} applied index {index} out of order; expected {_lastApplied[server] + 1}";
        }

        _lastApplied[server] = index;
        Set(server, index, command);
        return null;
    }

    /// <summary>Records a snapshot that replaced a server's state.</summary>
    public string? Restore(int server, long index, ReadOnlyMemory<byte> snapshot)
    {
        if (LabHistory.Read(snapshot) is not { } commands)
        {
            return $"S{server + 1} was given a snapshot through {index} that is none";
        }

        if (commands.Count != index)
        {
            return $"S{server + 1} was given a snapshot through {index} that holds commands through {commands.Count}";
        }

        if (index < _lastApplied[server])
        {
            return $"S{server + 1} was taken back from index {_lastApplied[server]} to a snapshot through {index}";
        }

        _recorded[server] = [null, .. commands.Select(command => (ReadOnlyMemory<byte>?)command)];
        _lastApplied[server] = index;
        return null;
    }

    /// <summary>Returns the commands of one server from index 1 on.</summary>
    public ReadOnlyMemory<byte>[] Commands(int server, long last)
    {
        ReadOnlyMemory<byte>[] commands = new ReadOnlyMemory<byte>[last];
        for (int i = 0; i < commands.Length; i++)
        {
            commands[i] = _recorded[server][i + 1] ?? default;
        }

        return commands;
    }

    /// <summary>
    /// Returns the number of servers, up or down, with a command at an index, and the command. When the commands
    /// differ, it returns a description of the error.
    /// </summary>
    public (int Count, ReadOnlyMemory<byte> Command, string? Wrong) Committed(long index)
    {
        int count = 0;
        ReadOnlyMemory<byte> command = default;
        for (int server = 0; server < _recorded.Length; server++)
        {
            if (At(server, index) is { } recorded)
            {
                if (count > 0 && !recorded.Span.SequenceEqual(command.Span))
                {
                    return (count, command,
                        $"committed values do not match: index {index}, {LabCommand.Describe(command)} and {LabCommand.Describe(recorded)}");
                }

                count++;
                command = recorded;
            }
        }

        return (count, command, null);
    }

    private ReadOnlyMemory<byte>? At(int server, long index) => index < _recorded[server].Count ? _recorded[server][(int)index] : null;

    private void Set(int server, long index, ReadOnlyMemory<byte> command)
    {
        List<ReadOnlyMemory<byte>?> recorded = _recorded[server];
        while (recorded.Count <= index)
        {
            recorded.Add(null);
        }

        recorded[(int)index] = command;
    }
}
