graph [
  directed 1
  multigraph 1
  node [
    id 0
    label "osteoblast"
    identifier "CL:0000062"
    name "osteoblast"
    category "cell"
    xrefs "related UBERON:0001474"
  ]
  node [
    id 1
    label "bone mineral density"
    identifier "bmd"
    name "bone mineral density"
    category "trait"
  ]
  node [
    id 2
    label "&#x3c9;-3 &quot;fish oil&quot; &amp; <b>more</b> \ ]]> </script>"
    identifier "fish-oil"
    name "&#x3c9;-3 &quot;fish oil&quot; &amp; <b>more</b> \ ]]> </script>"
    category "food"
    synonyms "#1 'best' {oil}; 100 %, \n not a line | &#xd6;l | &#x6cb9;"
  ]
  node [
    id 3
    label "magnesium"
    identifier "magnesium"
    name "magnesium"
    category "chemical"
    synonyms "Mg | Mg&#xb2;&#x207a;"
    xrefs "close CHEBI:25107 magnesium atom"
    description "The element, as a nutrient."
  ]
  node [
    id 4
    label "PTH"
    identifier "pth"
    name "PTH"
    category "protein"
    synonyms "parathyroid hormone"
    xrefs "exact PR:000013429 parathyroid hormone"
    taxon "NCBITaxon:9606"
  ]
  edge [
    source 0
    target 3
    key "sefa2f481910e3bc0eb54ec81d778ba5f"
    statement "sefa2f481910e3bc0eb54ec81d778ba5f"
    predicate "requires"
    label "requires"
    interaction "requires"
    sign 1
    status "title-only"
    negated 0
    sayable 1
    supporting 1
    disputing 0
    sources "comment"
    evidence "[{&quot;source&quot;: &quot;comment&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;title-only&quot;, &quot;method&quot;: &quot;unknown&quot;, &quot;summary&quot;: &quot;Yes.&quot;}]"
  ]
  edge [
    source 3
    target 0
    key "sa5d59bed0e7e8d90e2ea1f0ef5dc4142"
    statement "sa5d59bed0e7e8d90e2ea1f0ef5dc4142"
    predicate "activates"
    label "activates"
    interaction "activates"
    sign 1
    status "supported"
    negated 0
    sayable 1
    supporting 2
    disputing 0
    topic "bone-remodelling"
    sources "comment | doi:10.5555/12345678(1) | survey"
    evidence "[{&quot;source&quot;: &quot;comment&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;review&quot;, &quot;method&quot;: &quot;review&quot;, &quot;summary&quot;: &quot;Agrees.&quot;}, {&quot;source&quot;: &quot;doi:10.5555/12345678(1)&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;direct&quot;, &quot;method&quot;: &quot;randomised-trial&quot;, &quot;species&quot;: &quot;human&quot;, &quot;system&quot;: &quot;in-vivo&quot;, &quot;summary&quot;: &quot;Cells of the \&quot;treated\&quot; were busier.&quot;, &quot;locator&quot;: &quot;abstract&quot;, &quot;context&quot;: {&quot;dose&quot;: &quot;300 mg a day&quot;, &quot;sex&quot;: &quot;female&quot;}, &quot;effect&quot;: {&quot;measure&quot;: &quot;MD&quot;, &quot;value&quot;: &quot;-0.40&quot;, &quot;unit&quot;: &quot;mmol/L&quot;, &quot;low&quot;: &quot;-0.75&quot;, &quot;high&quot;: &quot;-0.05&quot;, &quot;level&quot;: &quot;95&quot;, &quot;n&quot;: &quot;48&quot;, &quot;dose&quot;: &quot;300 mg/d&quot;, &quot;time&quot;: &quot;2 a&quot;, &quot;comparator&quot;: &quot;with placebo&quot;}}, {&quot;source&quot;: &quot;survey&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;association&quot;, &quot;method&quot;: &quot;cohort&quot;, &quot;summary&quot;: &quot;Too.&quot;}]"
  ]
  edge [
    source 3
    target 4
    key "s63f52c77f4b69662b7d3c07e685eeb2b"
    statement "s63f52c77f4b69662b7d3c07e685eeb2b"
    predicate "decreases"
    label "decreases (refuted)"
    interaction "decreases (refuted)"
    sign -1
    status "refuted"
    negated 0
    sayable 0
    supporting 0
    disputing 1
    topic "pth"
    sources "article | survey"
    evidence "[{&quot;source&quot;: &quot;article&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;asserted&quot;, &quot;method&quot;: &quot;assertion&quot;, &quot;summary&quot;: &quot;It says so.&quot;}, {&quot;source&quot;: &quot;survey&quot;, &quot;stance&quot;: &quot;disputes&quot;, &quot;strength&quot;: &quot;association&quot;, &quot;method&quot;: &quot;cohort&quot;, &quot;summary&quot;: &quot;No trace of it.&quot;}]"
  ]
  edge [
    source 3
    target 1
    key "s1b541f027af7bd9a268d163402f70c3b"
    statement "s1b541f027af7bd9a268d163402f70c3b"
    predicate "increases"
    label "not: increases"
    interaction "not: increases"
    sign 0
    status "supported"
    negated 1
    sayable 0
    supporting 1
    disputing 0
    topic "bone-remodelling"
    sources "survey"
    evidence "[{&quot;source&quot;: &quot;survey&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;association&quot;, &quot;summary&quot;: &quot;No change.&quot;}]"
  ]
  edge [
    source 4
    target 0
    key "sa3ceaf785fa7c2f1a0370e183b315ddf"
    statement "sa3ceaf785fa7c2f1a0370e183b315ddf"
    predicate "activates"
    label "activates"
    interaction "activates"
    sign 1
    status "asserted-only"
    negated 0
    sayable 1
    supporting 0
    disputing 0
    qualifiers "pattern=intermittent"
    topic "pth"
    sources "article"
    evidence "[{&quot;source&quot;: &quot;article&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;asserted&quot;, &quot;method&quot;: &quot;assertion&quot;, &quot;summary&quot;: &quot;It says so.&quot;}]"
  ]
  edge [
    source 4
    target 0
    key "se8337f697bd189f12a3fa7680e1cbb6f"
    statement "se8337f697bd189f12a3fa7680e1cbb6f"
    predicate "inhibits"
    label "inhibits"
    interaction "inhibits"
    sign -1
    status "contested"
    negated 0
    sayable 1
    supporting 1
    disputing 1
    qualifiers "pattern=continuous"
    topic "pth"
    sources "comment | doi:10.5555/12345678(1) | survey"
    evidence "[{&quot;source&quot;: &quot;comment&quot;, &quot;stance&quot;: &quot;qualifies&quot;, &quot;strength&quot;: &quot;review&quot;, &quot;method&quot;: &quot;review&quot;, &quot;summary&quot;: &quot;Only then.&quot;, &quot;context&quot;: {&quot;severity&quot;: &quot;severe&quot;}}, {&quot;source&quot;: &quot;doi:10.5555/12345678(1)&quot;, &quot;stance&quot;: &quot;supports&quot;, &quot;strength&quot;: &quot;direct&quot;, &quot;method&quot;: &quot;cell-culture&quot;, &quot;summary&quot;: &quot;Did.&quot;}, {&quot;source&quot;: &quot;survey&quot;, &quot;stance&quot;: &quot;disputes&quot;, &quot;strength&quot;: &quot;association&quot;, &quot;method&quot;: &quot;cohort&quot;, &quot;species&quot;: &quot;NCBITaxon:10141&quot;, &quot;summary&quot;: &quot;Did not.&quot;}]"
  ]
]
