namespace Raft.Verified.Linearizability.Models;

/// <summary>The outcomes of a command to a versioned key/value store.</summary>
public enum VersionedOutcome
{
    /// <summary>The command succeeded.</summary>
    Ok,

    /// <summary>The key does not exist, so a get has no value, or a put expected a version other than 0.</summary>
    NoKey,

    /// <summary>The key has another version than the put expected.</summary>
    WrongVersion,

    /// <summary>
    /// A repeated put found another version than expected, perhaps its own. It may have taken effect, but not after
    /// this answer. Only clients report this outcome, never the store.
    /// </summary>
    Maybe,
}
