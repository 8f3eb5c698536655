namespace Raft.Verified.ModelChecking;

/// <summary>
/// The current state of one thread of the search, unpacked from its code. The thread tries every step from this state.
/// </summary>
internal sealed class StateAtHand
{
    private readonly CoreCluster _cluster;
    private readonly StatePrints _statePrints;
    private readonly Fingerprint[] _prints;

    public StateAtHand(Search search)
    {
        _cluster = search.Cluster;
        _statePrints = search.Prints;
        int servers = search.Bounds.Servers;
        Locals = new int[servers];
        Infos = new LocalInfo[servers];
        MessagesTo = [.. Enumerable.Range(0, servers).Select(_ => new List<int>())];
        _prints = new Fingerprint[_cluster.Renamings.Length];
    }

    /// <summary>The number of the state in the search; -1 for the state before the initial one.</summary>
    public long Number { get; private set; }

    /// <summary>The numbers of the servers' local states.</summary>
    public int[] Locals { get; }

    /// <summary>The servers' local states.</summary>
    public LocalInfo[] Infos { get; }

    /// <summary>The numbers of the messages, in ascending order.</summary>
    public List<int> Messages { get; } = [];

    /// <summary>The messages as marks, with those of the current candidate.</summary>
    public MessageMarks Marks { get; } = new();

    /// <summary>The servers that were elected, one bit per term and server.</summary>
    public ulong Elected { get; private set; }

    /// <summary>The number of the committed history.</summary>
    public int Committed { get; private set; }

    /// <summary>The number of the reads that the last step served.</summary>
    public int Served { get; private set; }

    /// <summary>The remaining proposals, crashes and compactions, one byte each from the lowest.</summary>
    public int Budget { get; private set; }

    /// <summary>The least fingerprint of the state under all renamings.</summary>
    public Fingerprint Print { get; private set; }

    /// <summary>The fingerprints of the state, one per renaming.</summary>
    public ReadOnlySpan<Fingerprint> Prints => _prints;

    /// <summary>The numbers of the messages to each server, in ascending order.</summary>
    public List<int>[] MessagesTo { get; }

    /// <summary>Loads the state before the initial one: nothing has started, and the whole budget remains.</summary>
    public void Begin(ModelBounds bounds)
    {
        for (int server = 0; server < Locals.Length; server++)
        {
            Locals[server] = _cluster.InitialOf(server);
            Infos[server] = _cluster.Local(Locals[server]);
        }

        Budget = bounds.MaxProposals | (bounds.MaxCrashes << 8) | (bounds.MaxCompactions << 16);
        Number = -1;
        Marks.BeginState();
        Sum();
    }

    /// <summary>
    /// Loads the state whose code begins at the position <paramref name="at"/>, and moves the position behind that
    /// code.
    /// </summary>
    public void Load(long number, ReadOnlySpan<byte> data, ref int at)
    {
        Number = number;
        for (int server = 0; server < Locals.Length; server++)
        {
            Locals[server] = (int)StateCode.Read(data, ref at);
            Infos[server] = _cluster.Local(Locals[server]);
            MessagesTo[server].Clear();
        }

        Elected = StateCode.Read(data, ref at);
        Committed = (int)StateCode.Read(data, ref at);
        Served = (int)StateCode.Read(data, ref at);
        Budget = (int)StateCode.Read(data, ref at);
        int count = (int)StateCode.Read(data, ref at);
        MessageMarks marks = Marks;
        List<int> messages = Messages;
        marks.BeginState();
        messages.Clear();
        int message = -1;
        for (int i = 0; i < count; i++)
        {
            message += (int)StateCode.Read(data, ref at) + 1;
            messages.Add(message);
            MessagesTo[_cluster.Message(message).Receiver].Add(message);
            marks.Add(message);
        }

        Sum();
    }

    private void Sum()
    {
        for (int renaming = 0; renaming < _prints.Length; renaming++)
        {
            Fingerprint sum = _statePrints.Of(Elected, renaming) + _cluster.PrintOfCommitted(Committed) + _cluster.PrintOfServed(Served) + _statePrints.OfBudget(Budget);
            foreach (int local in Locals)
            {
                sum += _cluster.PrintOfLocal(local, renaming);
            }

            foreach (int message in Messages)
            {
                sum += _cluster.PrintOfMessage(message, renaming);
            }

            _prints[renaming] = sum;
            if (renaming == 0 || sum.IsLessThan(Print))
            {
                Print = sum;
            }
        }
    }
}
