namespace Raft.Verified.Linearizability.Models;

/// <summary>How a versioned store answers.</summary>
public enum VersionedOutcome
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>The key does not exist: nothing to get, or a put expected a version other than 0.</summary>
    NoKey,

    /// <summary>The key has another version than the put expected.</summary>
    WrongVersion,

    /// <summary>
    /// A put that was sent more than once met another version than expected, perhaps its own: it took effect or not, but no later than this answer.
    /// Only clients say so, never the store.
    /// </summary>
    Maybe,
}
