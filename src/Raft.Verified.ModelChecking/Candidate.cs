namespace Raft.Verified.ModelChecking;

/// <summary>A state that is one step away from the current state, before the search knows whether it is new.</summary>
internal struct Candidate
{
    public Fingerprint Print;
    public uint Input;
    public int Server;
    public int Local;
    public ulong Elected;
    public int Committed;
    public int Served;
    public int Budget;

    /// <summary>
    /// The position at which the message changes of this candidate begin: first the added messages, then those left
    /// out.
    /// </summary>
    public int Messages;

    public int Added;

    public int Removed;
}
