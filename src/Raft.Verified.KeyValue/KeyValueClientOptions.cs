using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>A client's settings.</summary>
public sealed record KeyValueClientOptions
{
    /// <summary>The servers of the cluster, in the order in which they are tried; at least one.</summary>
    public required IReadOnlyList<ServerId> Servers { get; init; }

    /// <summary>
    /// The maximum duration of an attempt before the next server is tried. A value above the duration of an election
    /// brings no benefit. Default 1 s.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after each round of one failed attempt per server. Default 50 ms.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">
    /// A setting is invalid. The message names the setting, its value and the expected value.
    /// </exception>
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
