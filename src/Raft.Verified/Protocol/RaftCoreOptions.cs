namespace Raft.Verified.Protocol;

/// <summary>The protocol's settings. Times belong to the server: the core has no clock.</summary>
public sealed record RaftCoreOptions
{
    private readonly ServerId[] _servers = [];

    /// <summary>This server.</summary>
    public required ServerId Id { get; init; }

    /// <summary>All servers of the cluster, this one among them. A copy: what becomes of the given list afterwards changes nothing here.</summary>
    public required IReadOnlyList<ServerId> Servers
    {
        get => _servers;
        init => _servers = value?.ToArray() ?? throw new ArgumentNullException(nameof(value), $"{nameof(Servers)} is null");
    }

    /// <summary>
    /// Whether a leader appends an empty entry when elected (paper, section 8). Without it, entries of older terms stay uncommitted
    /// until the next proposal. On by default.
    /// </summary>
    public bool AppendEmptyEntryOnElection { get; init; } = true;

    /// <summary>The most entries in one request; at least 1. Default 256.</summary>
    public int MaxEntriesPerAppend { get; init; } = 256;

    /// <summary>The most entries sent to a follower and not acknowledged yet; at least 1. Default 4096.</summary>
    public int MaxEntriesInFlight { get; init; } = 4096;

    /// <summary>The most bytes of a snapshot in one request; at least 1. Default 1 MiB.</summary>
    public int MaxSnapshotChunkBytes { get; init; } = 1 << 20;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">One of them makes no sense; the message says which, what it is and what was expected.</exception>
    public void Validate()
    {
        if (Id.Value < 1)
        {
            throw new ArgumentException($"{nameof(Id)} is {Id.Value}; expected a positive number");
        }

        if (Servers.Distinct().Count() != Servers.Count || Servers.Any(s => s.Value < 1))
        {
            throw new ArgumentException($"{nameof(Servers)} is [{string.Join(", ", Servers)}]; expected distinct positive numbers");
        }

        if (!Servers.Contains(Id))
        {
            throw new ArgumentException($"{nameof(Servers)} is [{string.Join(", ", Servers)}]; expected {nameof(Id)} {Id} among them");
        }

        AtLeastOne(MaxEntriesPerAppend, nameof(MaxEntriesPerAppend));
        AtLeastOne(MaxEntriesInFlight, nameof(MaxEntriesInFlight));
        AtLeastOne(MaxSnapshotChunkBytes, nameof(MaxSnapshotChunkBytes));
    }

    // The server's place in the list; -1 when it is not in it. Asked for every message.
    internal int SlotOf(ServerId server)
    {
        for (int i = 0; i < _servers.Length; i++)
        {
            if (_servers[i] == server)
            {
                return i;
            }
        }

        return -1;
    }

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}; expected at least 1");
        }
    }
}
