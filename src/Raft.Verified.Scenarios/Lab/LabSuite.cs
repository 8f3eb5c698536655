using Raft.Verified.Scenarios.Lab.Services;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>The tests of <c>raft lab</c>.</summary>
public static class LabSuite
{
    /// <summary>The tests, in the labs' order: Raft, rsm, kvraft.</summary>
    public static IReadOnlyList<LabSuiteTest> All { get; } =
    [
        .. LabLibrary.All.Select(test => new LabSuiteTest(test.Name, test.ToScenario(), Published(test.Name))),
        .. ServiceLibrary.All.Select(test => new LabSuiteTest(test.Name, test.ToScenario(), PublishedOfServices(test.Name))),
    ];

    // The figures in the sample output of the course's handouts.
    private static PublishedFigures? Published(string name) => name switch
    {
        "InitialElection3A" => new(2024, 3.5, 58, 16_840, 0),
        "ReElection3A" => new(2024, 5.4, 118, 25_269, 0),
        "ManyElections3A" => new(2024, 7.3, 624, 138_014, 0),
        "BasicAgree3B" => new(2024, 0.9, 16, 4_572, 3),
        "RPCBytes3B" => new(2024, 1.7, 48, 114_536, 11),
        "FollowerFailure3B" => new(2025, 5.3, 188),
        "LeaderFailure3B" => new(2025, 6.4, 378),
        "FailAgree3B" => new(2024, 3.6, 78, 22_131, 7),
        "FailNoAgree3B" => new(2024, 3.8, 172, 40_935, 3),
        "ConcurrentStarts3B" => new(2024, 1.1, 24, 7_379, 6),
        "Rejoin3B" => new(2024, 5.1, 152, 37_021, 4),
        "Backup3B" => new(2024, 17.2, 2_080, 1_587_388, 102),
        "Count3B" => new(2024, 2.2, 60, 20_119, 12),
        "Persist13C" => new(2024, 5.0, 86, 22_849, 6),
        "Persist23C" => new(2024, 17.6, 952, 218_854, 16),
        "Persist33C" => new(2024, 2.0, 34, 8_937, 4),
        "Figure83C" => new(2024, 31.2, 580, 130_675, 32),
        "UnreliableAgree3C" => new(2024, 1.7, 1_044, 366_392, 246),
        "Figure8Unreliable3C" => new(2024, 33.6, 10_700, 33_695_245, 308),
        "ReliableChurn3C" => new(2024, 16.1, 8_864, 44_771_259, 1_544),
        "UnreliableChurn3C" => new(2024, 16.5, 4_220, 6_414_632, 906),
        "SnapshotBasic3D" => new(2024, 11.6, 176, 61_716, 192),
        "SnapshotInstall3D" => new(2024, 64.2, 878, 320_610, 336),
        "SnapshotInstallUnreliable3D" => new(2024, 81.1, 1_059, 375_850, 341),
        "SnapshotInstallCrash3D" => new(2024, 53.5, 601, 256_638, 339),
        "SnapshotInstallUnCrash3D" => new(2024, 63.5, 687, 288_294, 336),
        "SnapshotAllCrash3D" => new(2024, 19.5, 268, 81_352, 58),
        "SnapshotInit3D" => new(2025, 4.3, 84),
        _ => null,
    };

    // Seconds, RPCs and operations in the sample output. The figures for kvraft are those of 2024, the figures for rsm
    // those of 2025 and 2026.
    private static PublishedFigures? PublishedOfServices(string name) => name switch
    {
        "rsm/Basic4A" => new(2025, 1.2, 48),
        "rsm/Concurrent4A" => new(2026, 1.0, 28, Operations: 50),
        "rsm/LeaderFailure4A" => new(2025, 1.5, 31),
        "rsm/LeaderPartition4A" => new(2026, 3.6, 61, Operations: 2),
        "rsm/RestartReplay4A" => new(2026, 28.4, 467, Operations: 101),
        "rsm/Shutdown4A" => new(2026, 10.0, 0, Operations: 0),
        "rsm/RestartSubmit4A" => new(2026, 39.8, 463, Operations: 102),
        "rsm/Snapshot4C" => new(2025, 3.9, 230),
        "Basic4A" => new(2024, 15.5, 4_576, Operations: 903),
        "Speed4A" => new(2024, 15.7, 3_022, Operations: 0),
        "Concurrent4A" => new(2024, 15.9, 5_884, Operations: 1_160),
        "Unreliable4A" => new(2024, 19.2, 3_083, Operations: 441),
        "UnreliableOneKey4A" => new(2024, 2.5, 218, Operations: 52),

        // The sum of the three parts of this test.
        "OnePartition4A" => new(2024, 3.9, 275, Operations: 8),
        "ManyPartitionsOneClient4A" => new(2024, 23.8, 4_501, Operations: 765),
        "ManyPartitionsManyClients4A" => new(2024, 23.5, 5_692, Operations: 974),
        "PersistOneClient4A" => new(2024, 22.2, 4_721, Operations: 908),
        "PersistConcurrent4A" => new(2024, 22.5, 5_490, Operations: 1_033),
        "PersistConcurrentUnreliable4A" => new(2024, 26.5, 3_532, Operations: 474),
        "PersistPartition4A" => new(2024, 29.7, 6_122, Operations: 1_060),
        "PersistPartitionUnreliable4A" => new(2024, 32.9, 2_967, Operations: 317),
        "PersistPartitionUnreliableLinearizable4A" => new(2024, 35.0, 8_249, Operations: 746),
        "SnapshotRPC4B" => new(2024, 4.0, 289, Operations: 63),
        "SnapshotSize4B" => new(2024, 2.6, 2_418, Operations: 800),
        "Speed4B" => new(2024, 3.2, 3_025, Operations: 0),
        "SnapshotRecover4B" => new(2024, 21.9, 29_266, Operations: 5_820),
        "SnapshotRecoverManyClients4B" => new(2024, 21.5, 33_115, Operations: 6_420),
        "SnapshotUnreliable4B" => new(2024, 17.4, 3_233, Operations: 482),
        "SnapshotUnreliableRecover4B" => new(2024, 22.7, 3_337, Operations: 471),
        "SnapshotUnreliableRecoverConcurrentPartition4B" => new(2024, 30.4, 2_725, Operations: 274),
        "SnapshotUnreliableRecoverConcurrentPartitionLinearizable4B" => new(2024, 37.7, 8_378, Operations: 681),
        _ => null,
    };
}
