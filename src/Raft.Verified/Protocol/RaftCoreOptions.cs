namespace Raft.Verified.Protocol;

/// <summary>The protocol's settings. Times belong to the server: the core has no clock.</summary>
public sealed record RaftCoreOptions
{
    private readonly ServerId[] _servers = [];

    /// <summary>This server.</summary>
    public required ServerId Id { get; init; }

    /// <summary>
    /// All servers of the cluster, including this one. The list is copied, so later changes to the given list have no
    /// effect.
    /// </summary>
    public required IReadOnlyList<ServerId> Servers
    {
        get => _servers;
        init => _servers = value?.ToArray() ?? throw new ArgumentNullException(nameof(value), $"{nameof(Servers)} is null");
    }

    /// <summary>
    /// True when a leader appends an empty entry on election (paper, section 8). Without it, entries of older terms
    /// stay uncommitted until the next proposal. True by default.
    /// </summary>
    public bool AppendEmptyEntryOnElection { get; init; } = true;

    /// <summary>The maximum number of entries in one request; at least 1. Default 256.</summary>
    public int MaxEntriesPerAppend { get; init; } = 256;

    /// <summary>The maximum number of unacknowledged entries per follower; at least 1. Default 4096.</summary>
    public int MaxEntriesInFlight { get; init; } = 4096;

    /// <summary>The maximum size in bytes of a snapshot chunk in one request; at least 1. Default 1 MiB.</summary>
    public int MaxSnapshotChunkBytes { get; init; } = 1 << 20;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">
    /// A setting is invalid. The message names the setting, its value and the expected value.
    /// </exception>
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

    // The server's position in the list; -1 when the list does not contain it. Called for every message.
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
