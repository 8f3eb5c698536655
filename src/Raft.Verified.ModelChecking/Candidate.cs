namespace Raft.Verified.ModelChecking;

/// <summary>A state that one step from the state at hand leads to, before it is known whether it is new.</summary>
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

    /// <summary>The place at which its changes of the set of messages begin: first those that are new, then those that are left out.</summary>
    public int Messages;

    public int Added;

    public int Removed;
}
