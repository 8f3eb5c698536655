namespace Raft.Verified.ModelChecking;

/// <summary>The state whose successors one thread of the search looks for, unpacked from its code.</summary>
internal sealed class StateAtHand
{
    private readonly CoreCluster _cluster;
    private readonly StatePrints _prints;
    private readonly List<int>[] _messagesTo;
    private readonly Fingerprint[] _base;

    public StateAtHand(Search search)
    {
        _cluster = search.Cluster;
        _prints = search.Prints;
        int servers = search.Bounds.Servers;
        Locals = new int[servers];
        Infos = new LocalInfo[servers];
        _messagesTo = [.. Enumerable.Range(0, servers).Select(_ => new List<int>())];
        _base = new Fingerprint[_cluster.Renamings.Length];
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

    /// <summary>The least fingerprint of the state under all exchanges of names.</summary>
    public Fingerprint Print { get; private set; }

    /// <summary>Returns the fingerprint of the state under one exchange of names.</summary>
    public Fingerprint PrintUnder(int renaming) => _base[renaming];

    /// <summary>Returns the numbers of the messages to one server, in ascending order.</summary>
    /// <param name="server">The server, from 0.</param>
    public List<int> MessagesTo(int server) => _messagesTo[server];

    /// <summary>Becomes the state before the initial one: nothing has started, and the whole budget remains.</summary>
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

    /// <summary>Becomes the state whose code begins at a place, which moves behind that code.</summary>
    public void Load(long number, ReadOnlySpan<byte> data, ref int at)
    {
        Number = number;
        for (int server = 0; server < Locals.Length; server++)
        {
            Locals[server] = (int)StateCode.Read(data, ref at);
            Infos[server] = _cluster.Local(Locals[server]);
            _messagesTo[server].Clear();
        }

        Elected = StateCode.Read(data, ref at);
        Committed = (int)StateCode.Read(data, ref at);
        Served = (int)StateCode.Read(data, ref at);
        Budget = (int)StateCode.Read(data, ref at);
        int count = (int)StateCode.Read(data, ref at);
        Marks.BeginState();
        Messages.Clear();
        int message = -1;
        for (int i = 0; i < count; i++)
        {
            message += (int)StateCode.Read(data, ref at) + 1;
            Messages.Add(message);
            _messagesTo[_cluster.Message(message).Receiver].Add(message);
            Marks.Add(message);
        }

        Sum();
    }

    private void Sum()
    {
        for (int renaming = 0; renaming < _base.Length; renaming++)
        {
            Fingerprint sum = _prints.Of(Elected, renaming) + _cluster.PrintOfCommitted(Committed) + _cluster.PrintOfServed(Served) + _prints.OfBudget(Budget);
            foreach (int local in Locals)
            {
                sum += _cluster.PrintOfLocal(local, renaming);
            }

            foreach (int message in Messages)
            {
                sum += _cluster.PrintOfMessage(message, renaming);
            }

            _base[renaming] = sum;
            if (renaming == 0 || sum.IsLessThan(Print))
            {
                Print = sum;
            }
        }
    }
}
