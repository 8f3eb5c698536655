using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>A client's settings.</summary>
public sealed record KeyValueClientOptions
{
    /// <summary>The servers of the cluster, in the order in which they are tried; at least one.</summary>
    public required IReadOnlyList<ServerId> Servers { get; init; }

    /// <summary>How long an attempt may take before the next server is tried. More than an election takes is no use. Default 1 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait after each round of as many failed attempts as there are servers. Default 50 ms.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">One of them makes no sense; the message says which, what it is and what was expected.</exception>
    public void Validate()
    {
        if (Servers.Count == 0)
        {
            throw new ArgumentException($"{nameof(Servers)} is empty; expected at least one server");
        }

        if (AttemptTimeout < TimeSpan.FromMilliseconds(1))
        {
            throw new ArgumentException($"{nameof(AttemptTimeout)} is {AttemptTimeout}; expected at least 1 ms");
        }

        if (RetryPause < TimeSpan.FromMilliseconds(1))
        {
            throw new ArgumentException($"{nameof(RetryPause)} is {RetryPause}; expected at least 1 ms");
        }
    }
}
